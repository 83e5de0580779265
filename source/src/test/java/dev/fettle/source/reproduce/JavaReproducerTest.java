package dev.fettle.source.reproduce;

import static dev.fettle.contract.model.TestDraft.Rung.CALLER;
import static dev.fettle.contract.model.TestDraft.Rung.PURE_FRAME;
import static dev.fettle.contract.model.TestDraft.Rung.STUBBED_BEAN;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaReproducerTest {
  @TempDir Path directory;

  @Test
  void putsTheCapturedMapIntoTheBeanThatLacksAKey() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public class Prices {
              private final Map<String, Integer> cents;
              public Prices(Map<String, Integer> cents) { this.cents = cents; }
              public int price(String sku, int count) {
                int each = cents.get(sku);
                return each * count;
              }
            }
            """)
        .source(
            "public class UnknownSku extends RuntimeException { public UnknownSku(String s) { super(s); } }")
        .fails(
            "Map<String, Integer> m = new HashMap<>(); m.put(\"a\", 1); new Prices(m).price(\"b\", 2);")
        .reproducedBy(PURE_FRAME)
        .passesWith("cents.get(sku)", "cents.getOrDefault(sku, 0)")
        .passesWith(
            "int each =", "if (!cents.containsKey(sku)) throw new UnknownSku(sku); int each =");
  }

  @Test
  void rebuildsADtoWhoseNestedFieldIsNull() {
    Scenario.in(directory)
        .source(
            """
            public class Address { private String city; public String getCity() { return city; }
              public void setCity(String c) { this.city = c; } }
            """)
        .source(
            """
            public class Customer { private String name; private Address address;
              public Customer() {}
              public String getName() { return name; } public void setName(String n) { name = n; }
              public Address getAddress() { return address; } public void setAddress(Address a) { address = a; } }
            """)
        .source(
            """
            public class Labels {
              public static String label(Customer customer) {
                String city = customer.getAddress().getCity();
                return customer.getName() + " " + city;
              }
            }
            """)
        .fails("Customer c = new Customer(); c.setName(\"Ann\"); Labels.label(c);")
        .reproducedBy(PURE_FRAME)
        .passesWith(
            "customer.getAddress().getCity()",
            "customer.getAddress() == null ? \"\" : customer.getAddress().getCity()");
  }

  @Test
  void stubsTheRepositoryThatReturnedNull() {
    Scenario.in(directory)
        .source("public interface Customers { Customer find(long id); String note(Customer c); }")
        .source("public class Customer { public String name() { return \"x\"; } }")
        .source(
            """
            public class Greeter {
              private final Customers customers;
              public Greeter(Customers customers) { this.customers = customers; }
              public String greet(long id) {
                Customer customer = customers.find(id);
                String name = customer.name();
                return name.length() + customers.note(customer).trim();
              }
            }
            """)
        .fails(
            """
            new Greeter(new Customers() { public Customer find(long id) { return null; }
              public String note(Customer c) { return ""; } }).greet(7L);
            """)
        .reproducedBy(STUBBED_BEAN)
        .passesWith("customer.name()", "customer == null ? \"\" : customer.name()")
        .failsStillWith("customer.name()", "java.util.Objects.requireNonNull(customer).name()");
  }

  @Test
  void usesAProxyWhereTheProjectHasNoMockito() {
    Scenario.in(directory)
        .without("mockito")
        .source("public interface Customers { Customer find(long id); }")
        .source("public class Customer { public String name() { return \"x\"; } }")
        .source(
            """
            public class Greeter {
              private final Customers customers;
              public Greeter(Customers customers) { this.customers = customers; }
              public String greet(long id) {
                return customers.find(id).name();
              }
            }
            """)
        .fails("new Greeter(id -> null).greet(7L);")
        .reproducedBy(STUBBED_BEAN)
        .passesWith("customers.find(id).name()", "\"\"");
  }

  @Test
  void leavesTheOptionalOfARepositoryEmpty() {
    Scenario.in(directory)
        .source(
            "import java.util.*; public interface Stock { Optional<Integer> count(String sku); }")
        .source(
            """
            public class Warehouse {
              private final Stock stock;
              Warehouse(Stock stock) { this.stock = stock; }
              int left(String sku, int wanted) {
                int have = stock.count(sku).get();
                return have - wanted;
              }
            }
            """)
        .fails("new Warehouse(s -> Optional.empty()).left(\"a\", 1);")
        .reproducedBy(STUBBED_BEAN)
        .passesWith(".get()", ".orElse(0)");
  }

  @Test
  void callsAStaticHelperWithTheArrayAndIndexSeen() {
    Scenario.in(directory)
        .source(
            """
            public class Rows {
              static String third(String[] cells, int from) {
                return cells[from + 2];
              }
            }
            """)
        .fails("Rows.third(new String[] {\"a\", \"b\\\"*/\\\\u0022\\n\"}, 0);")
        .reproducedBy(PURE_FRAME)
        .passesWith("return cells", "return from + 2 >= cells.length ? null : cells");
  }

  @Test
  void entersAPrivateMethodThroughItsCaller() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public class Report {
              public String print(List<String> lines, String title) {
                return title + first(lines);
              }
              private String first(List<String> lines) {
                return lines.get(0);
              }
            }
            """)
        .fails("new Report().print(new ArrayList<>(), \"t\");")
        .reproducedBy(CALLER)
        .passesWith("lines.get(0)", "lines.isEmpty() ? \"\" : lines.get(0)");
  }

  @Test
  void entersALambdaThroughTheMethodThatStreams() {
    Scenario.in(directory)
        .source("public record Item(String sku, Integer count) {}")
        .source("import java.util.*; public interface Items { List<Item> of(String order); }")
        .source(
            """
            import java.util.*;
            public class Totals {
              private final Items items;
              public Totals(Items items) { this.items = items; }
              public int total(String order) {
                return items.of(order).stream()
                    .filter(i -> i.sku() != null)
                    .mapToInt(i -> i.count())
                    .sum();
              }
            }
            """)
        .fails("new Totals(o -> List.of(new Item(\"a\", 1), new Item(\"b\", null))).total(\"o\");")
        .reproducedBy(CALLER)
        .passesWith("i.count())", "i.count() == null ? 0 : i.count())");
  }

  @Test
  void buildsThroughABuilder() {
    Scenario.in(directory)
        .source(
            """
            public class Parcel {
              private final String to; private final Double weight; private final int zone;
              private Parcel(Builder b) { this.to = b.to; this.weight = b.weight; this.zone = b.zone; }
              public static Builder builder() { return new Builder(); }
              public Double getWeight() { return weight; } public int getZone() { return zone; }
              public static class Builder {
                private String to; private Double weight; private int zone;
                public Builder to(String to) { this.to = to; return this; }
                public Builder weight(Double weight) { this.weight = weight; return this; }
                public Builder zone(int zone) { this.zone = zone; return this; }
                public Parcel build() { return new Parcel(this); }
              }
            }
            """)
        .source(
            """
            public class Postage {
              private static final double[] RATES = {1, 2};
              public double cost(Parcel parcel) {
                return RATES[parcel.getZone()];
              }
            }
            """)
        .fails("new Postage().cost(Parcel.builder().to(\"x\").zone(5).build());")
        .reproducedBy(PURE_FRAME)
        .passesWith("RATES[parcel.getZone()]", "RATES[Math.min(1, parcel.getZone())]");
  }

  @Test
  void passesRecordsWithDatesAndMoney() {
    Scenario.in(directory)
        .source(
            """
            import java.math.BigDecimal; import java.time.*; import java.util.*;
            public record Invoice(UUID id, LocalDate due, BigDecimal amount, List<String> lines, Map<String, Long> tax) {}
            """)
        .source(
            """
            import java.math.BigDecimal;
            public class Shares {
              static BigDecimal share(Invoice invoice, int parts) {
                return invoice.amount().divide(BigDecimal.valueOf(parts));
              }
            }
            """)
        .fails(
            """
            Shares.share(new Invoice(UUID.randomUUID(), java.time.LocalDate.of(2026, 1, 31),
                new java.math.BigDecimal("10.00"), List.of("a"), Map.of("x", 1L)), 3);
            """)
        .reproducedBy(PURE_FRAME)
        .passesWith("(parts))", "(parts), 2, java.math.RoundingMode.HALF_UP)");
  }

  @Test
  void passesTheEnumConstantThatNoCaseTakes() {
    Scenario.in(directory)
        .source("public enum Status { NEW, PAID, LOST }")
        .source(
            """
            public class Texts {
              public static String text(Status status) {
                switch (status) {
                  case NEW: return "new";
                  case PAID: return "paid";
                  default: throw new IllegalStateException("no text for " + status);
                }
              }
            }
            """)
        .fails("Texts.text(Status.LOST);")
        .reproducedBy(PURE_FRAME)
        .passesWith("throw new IllegalStateException(\"no text for \" + status)", "return \"\"");
  }

  @Test
  void keepsAnImmutableListImmutable() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public class Sorter {
              public List<String> sorted(List<String> names) {
                Collections.sort(names);
                return names;
              }
            }
            """)
        .fails("new Sorter().sorted(List.of(\"b\", \"a\"));")
        .reproducedBy(PURE_FRAME)
        .passesWith("Collections.sort", "names = new ArrayList<>(names); Collections.sort");
  }

  @Test
  void stubsNullForTheUnboxedResultOfATemplate() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source(
            """
            import org.springframework.jdbc.core.JdbcTemplate;
            public class Counts {
              private final JdbcTemplate jdbc;
              public Counts(JdbcTemplate jdbc) { this.jdbc = jdbc; }
              public int open(String customer) {
                int n = jdbc.queryForObject("select max(n) from orders where c = ?", Integer.class, customer);
                return n + 1;
              }
            }
            """)
        .fails(
            """
            new Counts(new org.springframework.jdbc.core.JdbcTemplate() {
              public <T> T queryForObject(String sql, Class<T> type, Object... args) { return null; }
            }).open("c");
            """)
        .reproducedBy(STUBBED_BEAN)
        .passesWith(
            "int n = jdbc",
            "Integer m = jdbc.queryForObject(\"\", Integer.class, customer); int n = m == null ? 0 : m; if (n < 0) jdbc");
  }

  @Test
  void restoresTheElementThatALoopRemoved() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public class Cart {
              private final List<String> items = new ArrayList<>();
              public Cart(List<String> items) { this.items.addAll(items); }
              public void drop(String unwanted) {
                for (String item : items) {
                  if (item.equals(unwanted)) {
                    items.remove(item);
                  }
                }
              }
            }
            """)
        .fails("new Cart(List.of(\"a\", \"b\", \"c\")).drop(\"a\");")
        .reproducedBy(PURE_FRAME)
        .passesWith("for (String item : items)", "for (String item : new ArrayList<>(items))");
  }

  @Test
  void entersTheBeanTwoFramesAboveTheFailure() {
    Scenario.in(directory)
        .source("public interface Rates { String rate(String currency); }")
        .source(
            """
            public class Money {
              private Money() {}
              static int parse(String text) { return toInt(text); }
              private static int toInt(String text) { return Integer.parseInt(text); }
            }
            """)
        .source(
            """
            public class Exchange {
              private final Rates rates;
              public Exchange(Rates rates) { this.rates = rates; }
              public int convert(String currency, int amount) {
                int rate = Money.parse(rates.rate(currency));
                return amount * rate;
              }
            }
            """)
        .fails("new Exchange(c -> \"12,5\").convert(\"EUR\", 2);")
        .reproducedBy(CALLER)
        .passesWith("Integer.parseInt(text)", "12");
  }

  @Test
  void createsTheRecordWhoseConstructorFails() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public record Range(List<Integer> bounds, String name) {
              public Range {
                if (bounds.get(0) > bounds.get(1)) {
                  throw new IllegalArgumentException(name);
                }
              }
            }
            """)
        .fails("new Range(Arrays.asList(3), \"r\");")
        .reproducedBy(PURE_FRAME)
        .passesWith("if (bounds.get(0)", "if (bounds.size() > 1 && bounds.get(0)");
  }
}
