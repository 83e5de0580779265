package dev.fettle.source.reproduce;

import static dev.fettle.contract.model.TestDraft.Rung.CALLER;
import static dev.fettle.contract.model.TestDraft.Rung.PURE_FRAME;
import static dev.fettle.contract.model.TestDraft.Rung.REQUEST;
import static dev.fettle.contract.model.TestDraft.Rung.STUBBED_BEAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Variable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionLadderTest {
  @TempDir Path directory;

  @Test
  void runsTheRowMapperThatATemplateWasGiven() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source("public record Row(String name, int size) {}")
        .source(
            """
            import java.util.*; import org.springframework.jdbc.core.JdbcTemplate;
            public class Rows {
              private final JdbcTemplate jdbc;
              public Rows(JdbcTemplate jdbc) { this.jdbc = jdbc; }
              public List<Row> all() {
                return jdbc.query("select * from t", (rs, n) -> {
                  String name = rs.getString("name");
                  return new Row(name.trim(), rs.getInt("size"));
                });
              }
            }
            """)
        .fails(
            """
            java.sql.ResultSet rs = (java.sql.ResultSet) java.lang.reflect.Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {java.sql.ResultSet.class},
                (p, m, a) -> m.getReturnType() == int.class ? (Object) 0 : null);
            new Rows(new org.springframework.jdbc.core.JdbcTemplate() {
              public <T> List<T> query(String sql, org.springframework.jdbc.core.RowMapper<T> m) {
                try { return List.of(m.mapRow(rs, 0)); }
                catch (java.sql.SQLException e) { throw new IllegalStateException(e); }
              }
            }).all();
            """)
        .reproducedBy(CALLER)
        .passesWith("name.trim()", "name == null ? null : name.trim()");
  }

  @Test
  void followsAFluentClientToItsLastCall() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source(
            """
            import org.springframework.jdbc.core.simple.JdbcClient;
            public class Names {
              private final JdbcClient client;
              Names(JdbcClient client) { this.client = client; }
              String first(long id) {
                String name = client.sql("select name from t where id = :id").param("id", id)
                    .query(String.class).optional().orElse(null);
                return name.substring(0, 1);
              }
            }
            """)
        .source("class Deep { static Object answer(java.lang.reflect.Method m) { return null; } }")
        .fails(
            """
            class Any implements java.lang.reflect.InvocationHandler {
              public Object invoke(Object p, java.lang.reflect.Method m, Object[] a) {
                if (m.getReturnType() == Optional.class) { return Optional.empty(); }
                return m.getReturnType().isInterface()
                    ? java.lang.reflect.Proxy.newProxyInstance(Driver.class.getClassLoader(),
                        new Class<?>[] {m.getReturnType()}, this) : null;
              }
            }
            new Names((org.springframework.jdbc.core.simple.JdbcClient)
                java.lang.reflect.Proxy.newProxyInstance(Driver.class.getClassLoader(),
                    new Class<?>[] {org.springframework.jdbc.core.simple.JdbcClient.class}, new Any()))
                .first(3);
            """)
        .reproducedBy(STUBBED_BEAN)
        .passesWith("return name.", "return name == null ? \"\" : name.");
  }

  @Test
  void wiresTheRealBeanThatFailedIntoItsCaller() {
    Scenario.in(directory)
        .source(
            "public interface Books { Integer pages(String title); String owner(String title); }")
        .source(
            """
            public class Reader {
              private final Books books;
              public Reader(Books books) { this.books = books; }
              int hours(String title) { return books.pages(title) / 30; }
            }
            """)
        .source(
            """
            public class Desk {
              private final Reader reader; private final Books books;
              public Desk(Reader reader, Books books) { this.reader = reader; this.books = books; }
              public String plan(String title) {
                String owner = books.owner(title);
                return owner.trim() + reader.hours(title);
              }
            }
            """)
        .fails(
            """
            Books books = new Books() { public Integer pages(String t) { return null; }
              public String owner(String t) { return " Ann "; } };
            new Desk(new Reader(books), books).plan("x");
            """)
        .reproducedBy(STUBBED_BEAN)
        .reproducedBy(CALLER)
        .passesWith("books.pages(title) / 30", "0");
  }

  @Test
  void buildsLombokClassesAndEntitiesWithoutSetters() {
    Scenario.in(directory)
        .with("lombok")
        .source(
            """
            import lombok.*;
            @Data @Builder @NoArgsConstructor @AllArgsConstructor
            public class Line { private String sku; private int count; private Double discount; }
            """)
        .source(
            """
            import java.util.*;
            public class Basket {
              private Long id; private String owner; private List<Line> lines = new ArrayList<>();
              protected Basket() {}
              public Basket(String owner) { this.owner = owner; this.id = 77L; }
              public List<Line> lines() { return lines; }
            }
            """)
        .source(
            """
            import lombok.*;
            @RequiredArgsConstructor
            public class Discounts {
              private final Taxes taxes;
              public double of(Basket basket) {
                double sum = 0;
                for (Line line : basket.lines()) {
                  sum += line.getDiscount() * taxes.factor(line.getSku());
                }
                return sum;
              }
            }
            """)
        .source("public interface Taxes { double factor(String sku); }")
        .fails(
            """
            Basket b = new Basket("Ann");
            b.lines().add(Line.builder().sku("a").count(1).discount(0.5).build());
            b.lines().add(new Line("b", 2, null));
            new Discounts(s -> 1.0).of(b);
            """)
        .reproducedBy(STUBBED_BEAN)
        .passesWith(
            "line.getDiscount() *", "(line.getDiscount() == null ? 0 : line.getDiscount()) *");
  }

  @Test
  void sendsTheRequestToTheController() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source("public record Order(String sku, Integer count, java.util.List<String> tags) {}")
        .source("public interface Stock { Integer have(String sku); }")
        .source(
            """
            import org.springframework.web.bind.annotation.*;
            @RestController
            public class Orders {
              private final Stock stock;
              public Orders(Stock stock) { this.stock = stock; }
              @PostMapping("/orders/{id}")
              public String place(@PathVariable("id") String id, @RequestBody Order order) {
                int left = stock.have(order.sku()) - order.count();
                return id + left;
              }
            }
            """)
        .serving("POST", "/orders/7")
        .fails("new Orders(s -> 5).place(\"7\", new Order(\"a\\\"b\", null, List.of()));")
        .reproducedBy(STUBBED_BEAN)
        .reproducedBy(REQUEST)
        .passesWith("- order.count()", "- (order.count() == null ? 0 : order.count())");
  }

  @Test
  void sendsTheRequestAsTheControllerSeesItThatStandsAlone() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source("public interface Stock { Integer have(String sku); }")
        .source(
            """
            import org.springframework.web.bind.annotation.*;
            @RestController
            @RequestMapping("${shop.base}/orders")
            public class Orders {
              private final Stock stock;
              public Orders(Stock stock) { this.stock = stock; }
              @GetMapping("/{id}")
              public int left(@PathVariable("id") String id, @RequestHeader("X-Tenant") String tenant) {
                return stock.have(tenant + id) - 1;
              }
            }
            """)
        .serving("GET", "/shop/api/orders/7")
        .fails("new Orders(s -> null).left(\"7\", \"north\");")
        .reproducedBy(STUBBED_BEAN)
        .reproducedBy(REQUEST);
  }

  @Test
  void acceptsTheApplicationsOwnRefusalButNotTheJdks() {
    Scenario.in(directory)
        .source(
            "public class Refused extends RuntimeException { public Refused(Throwable t) { super(t); } }")
        .source(
            "public class Parser { public static int parse(String text) { return Integer.parseInt(text); } }")
        .fails("Parser.parse(\"x\");")
        .reproducedBy(PURE_FRAME)
        .passesWith(
            "return Integer",
            "if (text.equals(\"x\")) throw new Refused(new NumberFormatException()); return Integer")
        .failsStillWith("Integer.parseInt(text)", "Integer.parseInt(text.substring(0, 9))");
  }

  @Test
  void neverLetsCapturedTextOutOfItsLiteral() {
    String hostile = "*/ \\u002a\\u002f \"; System.exit(1); // \r\n\t\0 \u2028 \ud800 ${x} @Test";
    Scenario scenario =
        Scenario.in(directory)
            .source(
                """
                public class Hostile {
                  static int at(String text) { return Integer.parseInt(text); }
                }
                """)
            .capturedAs(e -> with(e, hostile))
            .fails("Hostile.at(\"x\");")
            .reproducedBy(PURE_FRAME);
    assertThat(scenario.drafts().get(0).text().chars())
        .allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
  }

  private static CapturedException with(CapturedException e, String text) {
    List<CapturedFrame> frames =
        e.frames().stream()
            .map(
                f ->
                    !f.application()
                        ? f
                        : new CapturedFrame(
                            f.className(),
                            f.method(),
                            f.descriptor(),
                            f.file(),
                            f.line(),
                            true,
                            null,
                            List.of(
                                new Variable(
                                    "text",
                                    "Ljava/lang/String;",
                                    true,
                                    new CapturedValue.Text(
                                        "java.lang.String", text, text.length())))))
            .toList();
    return new CapturedException(e.type(), text, frames, null);
  }

  @Test
  void fillsACutListUpToItsSize() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public class Page {
              public static Integer at(List<Integer> all, int index) { return all.get(index); }
            }
            """)
        .fails(
            """
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) { all.add(i); }
            Page.at(all, 300);
            """)
        .reproducedBy(PURE_FRAME)
        .passesWith("all.get(index)", "all.get(Math.min(index, 299))");
  }

  @Test
  void makesUpArgumentsWhereOnlyTheTraceIsKnown() {
    Scenario.in(directory)
        .source(
            """
            public class Sums {
              public static long sum(int n) { return n + sum(n - 1); }
            }
            """)
        .failsByTrace("shop.Sums", "sum", 3)
        .reproducedBy(PURE_FRAME)
        .passesWith("return n +", "return n <= 0 ? 0 : n +");
  }

  @Test
  void makesObjectsOfPrivateClassesByReflection() {
    Scenario.in(directory)
        .source(
            """
            import java.util.*;
            public class Cache {
              private final Map<String, Entry> entries = new HashMap<>();
              private static final class Entry { private final Object[] cells; private int hits;
                private Entry(Object[] cells) { this.cells = cells; } }
              public void put(String key, Object... cells) { entries.put(key, new Entry(cells)); }
              public Object get(String key, int cell) { return entries.get(key).cells[cell]; }
            }
            """)
        .fails("Cache c = new Cache(); c.put(\"a\", 1, \"x\"); c.get(\"a\", 2);")
        .reproducedBy(PURE_FRAME)
        .passesWith("return entries", "return cell > 1 ? null : entries");
  }

  @Test
  void countsWhatATestCanRestore() {
    Scenario scenario =
        Scenario.in(directory)
            .source("public interface Store { String read(String key); }")
            .source(
                """
                public class Reader {
                  private final Store store; private final int limit;
                  public Reader(Store store, int limit) { this.store = store; this.limit = limit; }
                  public int read(String key, Object lock) { return store.read(key).length() + limit; }
                }
                """)
            .fails("new Reader(k -> null, 3).read(\"a\", new Object());");

    InputCensus census = scenario.census();

    assertThat(census.frames())
        .first()
        .satisfies(
            f ->
                assertThat(List.of(f.plain(), f.stubbable(), f.lost()))
                    .isEqualTo(List.of(3, 1, 0)));
  }

  @Test
  void draftsAreMadeOneAtATime() {
    Scenario scenario =
        Scenario.in(directory)
            .source("public class A { public static int a(String s) { return B.b(s); } }")
            .source("public class B { public static int b(String s) { return s.length(); } }")
            .fails("A.a(null);");

    assertThat(scenario.drafts())
        .extracting(TestDraft::className)
        .containsExactly("shop.BIncident012345Test", "shop.AIncident012345Caller1Test");
  }
}
