package dev.fettle.source.snippet;

import static dev.fettle.contract.model.HealBehavior.API_REPLACEMENT;
import static dev.fettle.contract.model.HealBehavior.CALL_OMISSION;
import static dev.fettle.contract.model.HealBehavior.CONDITIONAL_VALUE_CHANGE;
import static dev.fettle.contract.model.HealBehavior.CONTEXT_DUPLICATION;
import static dev.fettle.contract.model.HealBehavior.CONTEXT_OMISSION;
import static dev.fettle.contract.model.HealBehavior.FUNCTION_DEFINITION;
import static dev.fettle.contract.model.HealBehavior.FUNCTION_INVOCATION;
import static dev.fettle.contract.model.HealBehavior.FUNCTION_REPLACEMENT;
import static dev.fettle.contract.model.HealBehavior.INDEXING_OMISSION;
import static dev.fettle.contract.model.HealBehavior.LIBRARY_IMPORT;
import static dev.fettle.contract.model.HealBehavior.LIBRARY_IMPORT_AND_USE;
import static dev.fettle.contract.model.HealBehavior.NO_ACTION;
import static dev.fettle.contract.model.HealBehavior.OPERATOR_CHANGE;
import static dev.fettle.contract.model.HealBehavior.RETURN_OMISSION;
import static dev.fettle.contract.model.HealBehavior.TYPE_CHANGE;
import static dev.fettle.contract.model.HealBehavior.TYPE_CHANGE_AND_USE;
import static dev.fettle.contract.model.HealBehavior.VALUE_CHANGE;
import static dev.fettle.contract.model.HealBehavior.VARIABLE_CHANGE;
import static dev.fettle.contract.model.HealBehavior.VARIABLE_INITIALIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.HealBehavior;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BehaviorsTest {
  @Test
  void noAction() {
    assertThat(of("total += parse(text);", "")).containsExactly(NO_ACTION);
    assertThat(of("total += parse(text);", "; // nothing\n {}")).containsExactly(NO_ACTION);
  }

  @Test
  void valueChange() {
    assertThat(of("price = parse(text);", "price = 0;")).containsExactly(VALUE_CHANGE);
  }

  @Test
  void conditionalValueChange() {
    assertThat(of("price = parse(text);", "if (text == null) price = 0; else price = 1;"))
        .containsExactly(CONDITIONAL_VALUE_CHANGE);
  }

  @Test
  void variableInitialization() {
    assertThat(of("names.add(name);", "names = new ArrayList<>(); names.add(name);"))
        .containsExactly(VARIABLE_INITIALIZATION);
    assertThat(of("int price = parse(text);", "int price = 0;"))
        .containsExactly(VARIABLE_INITIALIZATION);
  }

  @Test
  void typeChange() {
    assertThat(of("total = total + price;", "label = String.valueOf(price);"))
        .containsExactly(TYPE_CHANGE);
  }

  @Test
  void libraryImport() {
    assertThat(of("limit = table.get(key);", "limit = java.math.BigDecimal.ZERO;"))
        .containsExactlyInAnyOrder(VALUE_CHANGE, LIBRARY_IMPORT);
  }

  @Test
  void functionInvocation() {
    assertThat(of("total += prices[i];", "refresh();")).containsExactly(FUNCTION_INVOCATION);
  }

  @Test
  void variableChange() {
    assertThat(of("total += prices[i];", "total += prices[j];")).containsExactly(VARIABLE_CHANGE);
    assertThat(of("first.add(name);", "second.add(name);")).containsExactly(VARIABLE_CHANGE);
  }

  @Test
  void operatorChange() {
    assertThat(of("share = total / count;", "share = total * count;"))
        .containsExactly(OPERATOR_CHANGE);
  }

  @Test
  void functionDefinition() {
    assertThat(of("total += prices[i];", "class Local { int f() { return 1; } } new Local();"))
        .contains(FUNCTION_DEFINITION);
    assertThat(of("total += prices[i];", "Runnable r = () -> {};")).contains(FUNCTION_DEFINITION);
  }

  @Test
  void functionReplacement() {
    assertThat(of("price = parse(text, 10);", "price = lenient(text, 10);"))
        .containsExactly(FUNCTION_REPLACEMENT);
  }

  @Test
  void typeChangeAndUse() {
    assertThat(of("total = total + price;", "total = total + (int) price;"))
        .containsExactly(TYPE_CHANGE_AND_USE);
  }

  @Test
  void apiReplacement() {
    assertThat(of("price = prices.get(sku);", "price = prices.getOrDefault(sku, 0);"))
        .contains(API_REPLACEMENT)
        .doesNotContain(CALL_OMISSION, FUNCTION_REPLACEMENT);
  }

  @Test
  void indexingOmission() {
    assertThat(of("total += prices[i] + fee;", "total += fee + fee;")).contains(INDEXING_OMISSION);
  }

  @Test
  void libraryImportAndUse() {
    assertThat(of("total = add(total, price);", "total = java.lang.Math.addExact(total, price);"))
        .doesNotContain(LIBRARY_IMPORT_AND_USE);
    assertThat(of("max = pick(list, sku);", "max = java.util.Collections.pick(list, sku);"))
        .contains(LIBRARY_IMPORT_AND_USE);
  }

  @Test
  void contextOmission() {
    assertThat(of("total = total + price * quantity;", "total = total + price;"))
        .containsExactly(CONTEXT_OMISSION);
    assertThat(of("if (stock.has(sku)) { total = total + 1; }", "total = total + 1;"))
        .contains(CONTEXT_OMISSION);
  }

  @Test
  void returnOmission() {
    assertThat(of("return parse(text);", "price = 1;")).contains(RETURN_OMISSION);
    assertThat(of("return parse(text);", "return 0;")).doesNotContain(RETURN_OMISSION);
  }

  @Test
  void contextDuplication() {
    String method = "void m() { index = index + 1; total += prices[index]; }";
    assertThat(of("total += prices[index];", method, "index = index + 1;"))
        .contains(CONTEXT_DUPLICATION);
  }

  @Test
  void callOmission() {
    assertThat(of("ledger.book(order);", "order = null;")).contains(CALL_OMISSION);
    assertThat(of("total = total + fee(order) + tax;", "total = total + tax;"))
        .contains(CALL_OMISSION);
  }

  @Test
  void severalAtOnce() {
    assertThat(
            of(
                "total += prices[i];",
                "refresh(); if (i < 0) i = 0; String label = String.valueOf(i);"))
        .containsExactlyInAnyOrder(FUNCTION_INVOCATION, CONDITIONAL_VALUE_CHANGE, TYPE_CHANGE);
    assertThat(of("return table.get(key).name();", "key = \"\"; label = null;"))
        .contains(RETURN_OMISSION, VALUE_CHANGE);
  }

  @Test
  void whatCannotBeReadAllowsNothing() {
    assertThat(Behaviors.of("total += 1;", "", "total += ;")).isEmpty();
    assertThat(Behaviors.of("total += 1;", "", "} void other() {")).isEmpty();
    assertThat(Behaviors.of("total += 1;", "", "} } class Other { {")).isEmpty();
    assertThat(Behaviors.of("", "", "x = 1;")).isEmpty();
    assertThat(Behaviors.of("x = 1;", "", "x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000)))
        .isEmpty();
  }

  private static Set<HealBehavior> of(String statement, String code) {
    return of(statement, "", code);
  }

  private static Set<HealBehavior> of(String statement, String method, String code) {
    return Behaviors.of(statement, method, code).orElseThrow();
  }
}
