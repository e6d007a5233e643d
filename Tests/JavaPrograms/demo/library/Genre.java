package demo.library;

/** A constant with a body has a class of its own. */
public enum Genre {
    NOVEL, TRAVEL, POETRY { @Override public String toString() { return "verse"; } }
}
