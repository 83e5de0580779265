package dev.fettle.source.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.model.Variable;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaFaultLocalizerTest {
  @TempDir Path dir;
  private TinyProject tiny;

  @BeforeEach
  void project() {
    tiny = TinyProject.in(dir);
  }

  private Analysis analyze(CapturedException e) {
    return new JavaFaultLocalizer(new JavaSources())
        .localize(tiny.incident(e), tiny.tree(), tiny.model());
  }

  private Diagnosis diagnose(CapturedException e) {
    return (Diagnosis) analyze(e);
  }

  private Diagnosis diagnose(String className, String method, Object... arguments) {
    return diagnose(tiny.failure(className, method, arguments));
  }

  private String source(Suspect s) {
    return tiny.tree()
        .text(s.place().path())
        .orElseThrow()
        .substring(s.place().start(), s.place().end());
  }

  @Test
  void followsANullThroughTwoClassesToTheStatementThatReturnsIt() {
    tiny.source(
            """
            package shop;
            public class Catalog {
              private final java.util.Map<String, Item> items = new java.util.HashMap<>();
              public Item find(String sku) {
                if (sku.isEmpty()) {
                  return new Item("none");
                }
                Item item = items.get(sku);
                return item;
              }
            }
            """)
        .source("package shop; public record Item(String name) {}")
        .source(
            """
            package shop;
            public class Orders {
              private final Catalog catalog = new Catalog();
              String label(String sku) {
                Item item = catalog.find(sku);
                return "x" + item
                    .name()
                    .trim();
              }
            }
            """)
        .compile();

    Diagnosis d = diagnose("shop.Orders", "label", "a");

    assertThat(d.faultClass()).isEqualTo(FaultClass.NULL_DEREFERENCE);
    assertThat(d.expression().culprit()).isEqualTo("item");
    assertThat(d.expression().text()).contains("name()").doesNotContain("trim");
    assertThat(d.prime().place().path()).endsWith("Catalog.java");
    assertThat(source(d.prime())).isEqualTo("items.get(sku)");
    assertThat(d.suspects()).extracting(Suspect::role).contains(Suspect.Role.FAILED);
    assertThat(d.repairable()).isTrue();
  }

  @Test
  void readsReturnValuesFieldsArraysAndMonitorsOfHelpfulMessages() {
    tiny.source(
            """
            class Helpful {
              static class Node { Node next; int[] data; String name; Integer count; }
              Node field;
              static Node make() { return new Node(); }
              int chain() { return make().next.name.length(); }
              int load() { Node n = make(); return n.data[0] + make().hashCode(); }
              int size() { return field.next.data.length; }
              void lock() { synchronized (field) { chain(); } }
              int unbox() { Node n = make(); int x = n.count + 1; return x; }
              int each() { int s = 0; for (int i : make().data) { s += i; } return s; }
              String choose() { switch (make().name) { case "a": return "b"; default: return "c"; } }
              void store() { Node n = make(); n.next.name = "x"; }
            }
            """)
        .compile();

    assertThat(diagnose("Helpful", "chain").expression().culprit()).isEqualTo("make().next");
    assertThat(diagnose("Helpful", "load").expression().culprit()).isEqualTo("n.data");
    assertThat(diagnose("Helpful", "size").expression().culprit()).isEqualTo("field");
    assertThat(diagnose("Helpful", "lock").expression().culprit()).isEqualTo("field");
    assertThat(diagnose("Helpful", "each").expression().culprit()).isEqualTo("make().data");
    assertThat(diagnose("Helpful", "choose").expression().culprit()).isEqualTo("make().name");
    assertThat(diagnose("Helpful", "store").expression().culprit()).isEqualTo("n.next");
    Diagnosis unboxed = diagnose("Helpful", "unbox");
    assertThat(unboxed.faultClass()).isEqualTo(FaultClass.NULL_UNBOXING);
    assertThat(unboxed.expression().culprit()).isEqualTo("n.count");
  }

  @Test
  void followsAParameterIntoTheCallerThatPassedNull() {
    tiny.source(
            """
            class Caller {
              void run() {
                String none = null;
                if (hashCode() == 0) { none = "x"; }
                work(1, none);
              }
              int work(int n, String text) {
                return text.length();
              }
            }
            """)
        .compile();

    Diagnosis d = diagnose("Caller", "run");

    assertThat(d.suspects())
        .extracting(s -> s.role() + " " + source(s))
        .contains("CALLER work(1, none)", "PRODUCER String none = null;", "FAILED text.length()");
  }

  @Test
  void choosesTheIndexThatWasOutOfBoundsByItsValue() {
    tiny.source(
            """
            class Index {
              int both(int[] a, int[] b, int i, int j) {
                return a[i] + b[j];
              }
              int loop() {
                int[] a = new int[3];
                int sum = 0;
                for (int i = 0; i <= a.length; i++) {
                  sum += a[i];
                }
                return sum;
              }
              String cut(String s) {
                int at = s.indexOf('-');
                return s.substring(0, at);
              }
            }
            """)
        .compile();
    CapturedException e =
        TinyProject.withValues(
            tiny.failure("Index", "both", new int[9], new int[2], 5, 2),
            0,
            null,
            new Variable("i", "I", true, new CapturedValue.Scalar("int", "5")),
            new Variable("j", "I", true, new CapturedValue.Scalar("int", "2")));

    assertThat(diagnose(e).expression().text()).isEqualTo("b[j]");
    Diagnosis loop = diagnose("Index", "loop");
    assertThat(loop.expression().culprit()).isEqualTo("i");
    assertThat(source(loop.prime())).isEqualTo("i <= a.length");
    Diagnosis cut = diagnose("Index", "cut", "abc");
    assertThat(cut.faultClass()).isEqualTo(FaultClass.SUBSTRING_OUT_OF_BOUNDS);
    assertThat(cut.expression().culprit()).isEqualTo("at");
    assertThat(cut.suspects()).extracting(this::source).contains("int at = s.indexOf('-');");
  }

  @Test
  void namesDivisorCastArraySizeNumberAndDate() {
    tiny.source(
            """
            import java.util.*;
            class Plain {
              int zero(List<String> l) { return 100 / l.size() + 4 % 3; }
              String cast(Map<String, Object> m) { m.put("k", 4); return (String) m.get("k"); }
              int[] size(int n) { return new int[n - 5]; }
              int number(String s) { return Integer.parseInt(s.trim()) + Integer.parseInt("4"); }
              Object date(String s) { return java.time.LocalDate.parse(s); }
              Object money(Object o) { return new java.math.BigDecimal(String.valueOf(o)); }
              Object next(List<String> l) { return l.iterator().next(); }
              Object optional(String s) { return Optional.ofNullable(s).get(); }
              Object max(List<Integer> l) { return Collections.max(l); }
            }
            """)
        .compile();

    Diagnosis zero = diagnose("Plain", "zero", List.of());
    assertThat(zero.faultClass()).isEqualTo(FaultClass.ARITHMETIC);
    assertThat(zero.expression().culprit()).isEqualTo("l.size()");
    Diagnosis cast = diagnose("Plain", "cast", new java.util.HashMap<>());
    assertThat(cast.faultClass()).isEqualTo(FaultClass.CLASS_CAST);
    assertThat(cast.expression().culprit()).isEqualTo("m.get(\"k\")");
    Diagnosis size = diagnose("Plain", "size", 2);
    assertThat(size.faultClass()).isEqualTo(FaultClass.NEGATIVE_ARRAY_SIZE);
    assertThat(size.expression().culprit()).isEqualTo("n - 5");
    Diagnosis number = diagnose("Plain", "number", "x");
    assertThat(number.faultClass()).isEqualTo(FaultClass.NUMBER_FORMAT);
    assertThat(number.expression().culprit()).isEqualTo("s.trim()");
    assertThat(diagnose("Plain", "date", "x").faultClass()).isEqualTo(FaultClass.DATE_FORMAT);
    assertThat(diagnose("Plain", "date", "x").expression().culprit()).isEqualTo("s");
    assertThat(diagnose("Plain", "money", "x").expression().culprit())
        .isEqualTo("String.valueOf(o)");
    Diagnosis next = diagnose("Plain", "next", List.of());
    assertThat(next.faultClass()).isEqualTo(FaultClass.NO_SUCH_ELEMENT);
    assertThat(next.expression().text()).isEqualTo("l.iterator().next()");
    assertThat(diagnose("Plain", "optional", new Object[] {null}).expression().culprit())
        .isEqualTo("Optional.ofNullable(s)");
    assertThat(diagnose("Plain", "max", List.of()).expression().culprit()).isEqualTo("l");
  }

  @Test
  void findsTheCallThatChangesTheCollectionInsideItsLoopEvenInACallee() {
    tiny.source(
            """
            import java.util.*;
            class Changing {
              private final List<String> names = new ArrayList<>(List.of("a", "b", "c"));
              void direct() {
                for (String n : names) {
                  if (n.equals("a")) {
                    names.remove(n);
                  }
                }
              }
              void indirect() {
                for (String n : names) {
                  drop(n);
                }
              }
              private void drop(String n) {
                this.names.remove(n);
              }
            }
            """)
        .compile();

    Diagnosis direct = diagnose("Changing", "direct");
    assertThat(direct.faultClass()).isEqualTo(FaultClass.CONCURRENT_MODIFICATION);
    assertThat(source(direct.prime())).isEqualTo("names.remove(n)");
    assertThat(source(diagnose("Changing", "indirect").prime())).isEqualTo("this.names.remove(n)");
  }

  @Test
  void findsWhereTheImmutableCollectionWasMade() {
    tiny.source(
            """
            import java.util.*;
            class Frozen {
              private final Tags tags = new Tags();
              void add() {
                List<String> all = tags.all();
                all.add("x");
              }
            }
            """)
        .source(
            """
            import java.util.*;
            class Tags {
              List<String> all() {
                return Arrays.asList("a", "b");
              }
            }
            """)
        .compile();

    Diagnosis d = diagnose("Frozen", "add");

    assertThat(d.faultClass()).isEqualTo(FaultClass.UNSUPPORTED_OPERATION);
    assertThat(d.expression().culprit()).isEqualTo("all");
    assertThat(source(d.prime())).contains("Arrays.asList");
  }

  @Test
  void suspectsTheCallerOfARefusedArgumentFirst() {
    tiny.source(
            """
            class Refused {
              void order() {
                int quantity = -1;
                reserve("sku", quantity);
              }
              void reserve(String sku, int quantity) {
                if (quantity <= 0) {
                  throw new IllegalArgumentException("quantity must be positive");
                }
              }
            }
            """)
        .compile();

    Diagnosis d = diagnose("Refused", "order");

    assertThat(d.faultClass()).isEqualTo(FaultClass.ILLEGAL_ARGUMENT);
    assertThat(d.prime().role()).isEqualTo(Suspect.Role.CALLER);
    assertThat(source(d.prime())).isEqualTo("reserve(\"sku\", quantity)");
  }

  @Test
  void namesTheSwitchThatMissesACase() {
    tiny.source(
            """
            class Cases {
              enum Kind { A, B, C }
              int inDefault() {
                switch (Kind.C) {
                  case A: return 1;
                  case B: return 2;
                  default: throw new IllegalStateException("unknown");
                }
              }
              int after() {
                switch (Kind.C) {
                  case A: return 1;
                  case B: return 2;
                }
                throw new IllegalArgumentException("unknown");
              }
              int unset() {
                String label = null;
                switch (Kind.C) {
                  case A: label = "a"; break;
                  case B: label = "b"; break;
                }
                return label.length();
              }
            }
            """)
        .compile();

    assertThat(diagnose("Cases", "inDefault").faultClass()).isEqualTo(FaultClass.MISSING_CASE);
    assertThat(source(diagnose("Cases", "after").prime())).startsWith("switch (Kind.C)");
    Diagnosis unset = diagnose("Cases", "unset");
    assertThat(unset.faultClass()).isEqualTo(FaultClass.NULL_DEREFERENCE);
    assertThat(source(unset.prime())).startsWith("switch (Kind.C)");
  }

  @Test
  void namesTheCycleOfAnUnboundedRecursion() {
    tiny.source(
            """
            class Deep {
              int ping(int n) {
                return pong(n) + 1;
              }
              int pong(int n) {
                return ping(n);
              }
            }
            """)
        .compile();

    Diagnosis d = diagnose("Deep", "ping", 1);

    assertThat(d.faultClass()).isEqualTo(FaultClass.UNBOUNDED_RECURSION);
    assertThat(d.suspects()).extracting(this::source).contains("pong(n)", "ping(n)");
  }

  @Test
  void suspectsTheMethodThatLeaksWhenAPoolIsExhausted() {
    tiny.source(
            """
            import java.sql.*;
            import javax.sql.DataSource;
            class Careful {
              DataSource source;
              void good() throws SQLException {
                try (Connection c = source.getConnection()) { c.commit(); }
              }
              void old() throws SQLException {
                Connection c = source.getConnection();
                try { c.commit(); } finally { c.close(); }
              }
              void pool() throws SQLException {
                throw new SQLTransientConnectionException(
                    "HikariPool-1 - Connection is not available, request timed out after 250ms.");
              }
            }
            """)
        .source(
            """
            import java.sql.*;
            import javax.sql.DataSource;
            class Careless {
              DataSource source;
              void half() throws SQLException {
                Connection c = source.getConnection();
                if (c.isReadOnly()) { return; }
                c.close();
              }
              int never() throws SQLException {
                Connection leaked = source.getConnection();
                return leaked.getHoldability();
              }
            }
            """)
        .compile();

    Diagnosis d = diagnose("Careful", "pool");

    assertThat(d.faultClass()).isEqualTo(FaultClass.RESOURCE_LEAK);
    assertThat(d.suspects())
        .filteredOn(s -> s.role() == Suspect.Role.LEAK)
        .extracting(s -> s.place().method())
        .containsExactly("never", "half");
    assertThat(d.prime().role()).isEqualTo(Suspect.Role.LEAK);
  }

  @Test
  void tracesANullArgumentOfAJdkMethod() {
    tiny.source(
            """
            import java.util.*;
            class Required {
              void run() { check(null); }
              void check(String name) { Objects.requireNonNull(name, "name"); }
            }
            """)
        .compile();

    Diagnosis d = diagnose("Required", "run");

    assertThat(d.expression().culprit()).isEqualTo("name");
    assertThat(source(d.prime())).isEqualTo("check(null)");
  }

  @Test
  void refusesToRepairWhenTheLineIsNotInTheMethod() {
    tiny.source("class Moved {\n  void f() { String s = null; s.length(); }\n}").compile();
    CapturedException e = tiny.failure("Moved", "f");
    tiny.write("src/main/java/Moved.java", "class Moved {\n\n\n\n  void f() { }\n}");

    Diagnosis d = diagnose(e);

    assertThat(d.repairable()).isFalse();
    assertThat(d.limitation()).startsWith("source differs from what runs");
  }

  @ParameterizedTest
  @CsvSource({"Kotlin, kotlin/Shop.kt", "Groovy, groovy/Shop.groovy", "Scala, scala/Shop.scala"})
  void diagnosesOtherLanguagesByTheirTraceOnly(String language, String file) {
    tiny.source("class Here {}").compile();
    tiny.write("src/main/" + file, "class Shop");
    String name = file.substring(file.indexOf('/') + 1);
    CapturedFrame frame = new CapturedFrame("Shop", "f", "()V", name, 3, true, null, List.of());
    CapturedException npe =
        new CapturedException("java.lang.NullPointerException", null, List.of(frame), null);

    assertThat(diagnose(npe).repairable()).isFalse();
    assertThat(diagnose(npe).limitation()).contains(language);
  }

  @Test
  void diagnosesNothingWhereNoFrameIsInTheProject() {
    tiny.source("class Here {}").compile();
    CapturedFrame gone =
        new CapturedFrame("Gone", "f", "()V", "Gone.java", 3, true, null, List.of());
    assertThat(
            analyze(
                new CapturedException("java.lang.NullPointerException", null, List.of(gone), null)))
        .isInstanceOf(Undiagnosed.class);
  }
}
