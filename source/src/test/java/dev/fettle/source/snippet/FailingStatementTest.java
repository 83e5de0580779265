package dev.fettle.source.snippet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingStatementTest {
  private static final String CART =
      """
      package shop;
      import java.util.*;
      class Cart {
        private int sum;
        private static int calls;
        static class Item { private int price; }
        <T extends Comparable<T>> long total(List<Item> items, Map<String, ? super Long> by, T most) {
          long sum = 1;
          for (Item item : items) {
            long price = parse(
                item.price + "x");
            sum += price;
          }
          if (items.isEmpty()) return 1; else sum--;
          return sum;
        }
        private long parse(String text) { return Long.parseLong(text); }
      }
      """;

  @TempDir Path folder;

  @Test
  void findsTheStatementOfALineWithItsMethodAndVariables() {
    FailingStatement found = at(10, n -> !n.startsWith("shop.")).orElseThrow();
    assertThat(found.statement()).startsWith("long price = parse(").endsWith("\"x\");");
    assertThat(found.method()).startsWith("<T extends").endsWith("return sum;\n  }");
    assertThat(found.returns()).isEqualTo("long");
    assertThat(found.variables())
        .containsExactlyInAnyOrder(
            new SnippetClass.Variable("item", "Lshop/Cart$Item;", "java.lang.Object"),
            new SnippetClass.Variable("sum", "J", "long"),
            new SnippetClass.Variable(
                "items", "Ljava/util/List;", "java.util.List<java.lang.Object>"),
            new SnippetClass.Variable(
                "by", "Ljava/util/Map;", "java.util.Map<java.lang.String, java.lang.Object>"),
            new SnippetClass.Variable("most", "Ljava/lang/Comparable;", "java.lang.Comparable"),
            new SnippetClass.Variable("price", "J", "long"));
  }

  @Test
  void aLineInsideOfAStatementIsOfTheStatement() {
    assertThat(at(11, n -> true).orElseThrow().statement()).startsWith("long price");
  }

  @Test
  void nameableClassesKeepTheirNames() {
    assertThat(at(10, n -> true).orElseThrow().variables())
        .contains(new SnippetClass.Variable("item", "Lshop/Cart$Item;", "shop.Cart.Item"));
  }

  @Test
  void membersThatCodeOfTheClassNamesWithoutAQualifierAreTold() {
    SnippetClass.Host host = at(10, n -> true).orElseThrow().host();
    assertThat(host.type()).isEqualTo("shop.Cart");
    assertThat(host.instance()).isTrue();
    assertThat(host.fields()).containsEntry("sum", false).containsEntry("calls", true);
    assertThat(host.methods()).containsEntry("parse", false);
  }

  @Test
  void severalStatementsOnALineAreNotToldApart() {
    assertThat(at(14, n -> true)).isEmpty();
  }

  @Test
  void unknownClassesAndEmptyLinesHaveNone() {
    assertThat(at(16, n -> true)).isEmpty();
    TinyProject project = TinyProject.in(folder).source(CART).compile("-g");
    assertThat(
            FailingStatement.of(
                new JavaSources().project(project.tree(), project.model()),
                "shop.Other",
                "total",
                "",
                10,
                n -> true))
        .isEmpty();
  }

  @Test
  void aSnippetOverLiveStateNamesMembersAsTheMethodDoes() {
    FailingStatement found = at(10, n -> true).orElseThrow();
    SnippetClass.Result result =
        SnippetClass.of(
            "sum = parse(\"7\") + calls + this.sum; items.get(0).price = 3;",
            found.variables(),
            found.returns(),
            found.host());
    SnippetClass written = ((SnippetClass.Result.Written) result).type();
    assertThat(written.source())
        .contains("sum = fettle$this.parse(\"7\") + shop.Cart.calls + fettle$this.sum;")
        .contains("shop.Cart fettle$this = (shop.Cart) fettle$v[");
    assertThat(written.variables()).contains("this Lshop/Cart;");
  }

  private Optional<FailingStatement> at(int line, Predicate<String> nameable) {
    TinyProject project = TinyProject.in(folder).source(CART).compile("-g");
    return FailingStatement.of(
        new JavaSources().project(project.tree(), project.model()),
        "shop.Cart",
        "total",
        "",
        line,
        nameable);
  }
}
