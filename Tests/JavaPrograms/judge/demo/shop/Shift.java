package demo.shop;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.concurrent.TimeUnit;
public class Shift implements Serializable {
    private static final long serialVersionUID = 12L;
    public DayOfWeek day; public TimeUnit unit = TimeUnit.HOURS; public OrderStatus status; public Shift next; public int hours;
}
