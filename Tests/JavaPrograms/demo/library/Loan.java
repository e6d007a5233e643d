package demo.library;

import java.util.Date;

/** A subclass whose version is computed, and which may refer to itself. */
public class Loan extends Book {
    private final Date due;
    private final long[] extensions;
    public Loan follows;

    public Loan(String title, Date due, long... extensions) {
        super(title, 100, true, "9.90", Genre.NOVEL, "A. Author");
        this.due = due;
        this.extensions = extensions;
    }
}
