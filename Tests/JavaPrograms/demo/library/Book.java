package demo.library;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.*;

/** An application's class with a declared version. */
public class Book implements Serializable {
    private static final long serialVersionUID = 42L;
    private final String title;
    private final int pages;
    private final boolean lent;
    private final BigDecimal price;
    private final Genre genre;
    private final List<String> authors;
    private final transient Object cache = new Object();

    public Book(String title, int pages, boolean lent, String price, Genre genre, String... authors) {
        this.title = title;
        this.pages = pages;
        this.lent = lent;
        this.price = new BigDecimal(price);
        this.genre = genre;
        this.authors = new ArrayList<>(Arrays.asList(authors));
    }
}
