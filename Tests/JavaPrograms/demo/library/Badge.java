package demo.library;

import java.io.Serializable;

/** Serializable by its word only: it is found out in the middle of writing it. */
public class Badge implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String before = "written";
    private final Thread holder = new Thread();
}
