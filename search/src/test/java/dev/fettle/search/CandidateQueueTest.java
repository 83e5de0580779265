package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CandidateQueueTest {

  private static final String HEAD =
      "import java.util.*;\nclass A {\n  int limit = 3;\n  int[] store = null;\n";

  /** Operator, what stands there, what must be proposed. White space does not count. */
  static Stream<Arguments> repairs() {
    return Stream.of(
        repair("relational.boundary", "return a < b;", "return a <= b;"),
        repair("relational.mirror", "return a < b;", "return a > b;"),
        repair("relational.equality", "return a == b;", "return a != b;"),
        repair("arithmetic.sign", "b = a + b; return true;", "b = a - b; return true;"),
        repair("bitwise", "return (a & b) > 0;", "return (a ^ b) > 0;"),
        repair("bitwise", "return a << 1 > b;", "return a >> 1 > b;"),
        repair("logical", "return a < b && b < 4;", "return a < b || b < 4;"),
        repair("compound.sign", "a += b; return a > 1;", "a -= b; return a > 1;"),
        repair("parentheses", "return a + b * 2 > 9;", "return (a + b) * 2 > 9;"),
        repair(
            "increment.flip", "while (a < 9) a++; return true;", "while (a < 9) a--; return true;"),
        repair(
            "assignment.toEquals",
            "return s.length() > 0 && (t = u);",
            "return s.length() > 0 && (t == u);"),
        repair("assignment.toCompound", "a = b; return a > 1;", "a += b; return a > 1;"),
        repair("constant.neighbor", "return a > 4;", "return a > 5;"),
        repair("constant.boolean", "return false;", "return true;"),
        repair("offByOne.less", "return s.charAt(a) > 0;", "return s.charAt(a - 1) > 0;"),
        repair("variable", "return a > 4;", "return b > 4;"),
        repair("variable", "return a > 4;", "return limit > 4;"),
        repair("method.name", "return s.indexOf(\"x\") > 4;", "return s.lastIndexOf(\"x\") > 4;"),
        repair("arguments.swap", "return Math.pow(a, b) > 4;", "return Math.pow(b, a) > 4;"),
        repair("arguments.add", "return s.indexOf(\"x\") > 4;", "return s.indexOf(\"x\", a) > 4;"),
        repair(
            "arguments.remove", "return s.indexOf(\"x\", a) > 4;", "return s.indexOf(\"x\") > 4;"),
        repair("unwrap.operand", "return a + 1 > b;", "return a > b;"),
        repair("unwrap.call", "return Math.abs(a) > b;", "return a > b;"),
        repair("wrap.extreme", "return a > b;", "return Math.max(a, b) > b;"),
        repair(
            "wrap.copy",
            "all.add(list); return true;",
            "all.add(new java.util.ArrayList<>(list)); return true;"),
        repair("cast.add", "long p = a * b; return p > 4;", "long p = (long) a * b; return p > 4;"),
        repair("declaration.type", "int p = a * b; return p > 4;", "long p = a * b; return p > 4;"),
        repair(
            "declaration.allocate",
            "int[] p = null; return p[0] > a;",
            "int[] p = new int[a]; return p[0] > a;"),
        repair(
            "array.larger",
            "int[][] p = new int[a][b]; return p[0][0] > a;",
            "int[][] p = new int[a + 1][b + 1]; return p[0][0] > a;"),
        repair("equals", "return s == \"x\";", "return s.equals(\"x\");"),
        repair(
            "expression.related",
            "return s.indexOf(\"x\") > u.length();",
            "return s.charAt(a) > u.length();"),
        repair(
            "condition.negate",
            "if (s.isEmpty()) { return true; } return false;",
            "if (!s.isEmpty()) { return true; } return false;"),
        repair("condition.and", "return a < 4 && b < 4;", "return a > b && a < 4 && b < 4;"),
        repair(
            "condition.or",
            "if (a < 4) { return true; } return false;",
            "if (a < 4 || s == null) { return true; } return false;"),
        repair("condition.dropOperand", "return a < 4 && b < 4;", "return b < 4;"),
        repair("statement.delete", "a = 2; return a > b;", "return a > b;"),
        repair("statement.swap", "a = b; b = 2; return a > b;", "b = 2; a = b; return a > b;"),
        repair(
            "branch.addElse",
            "if (a > 1) { b = 1; } if (b > 1) { b = 2; } return b > 1;",
            "if (a > 1) { b = 1; } else if (b > 1) { b = 2; } return b > 1;"),
        repair(
            "loop.emptyBody",
            "for (int i = 0; i < a; i++); { b++; } return b > 1;",
            "for (int i = 0; i < a; i++) { b++; } return b > 1;"),
        repair(
            "loop.step",
            "for (int i = 0; i < a; i++) { b++; } return b > 1;",
            "for (int i = 0; i < a; i += 2) { b++; } return b > 1;"),
        repair(
            "insert.undo",
            "list.add(a); return true;",
            "list.add(a); list.remove(list.size() - 1); return true;"),
        repair(
            "insert.copy", "a += 3; b = 2; return a > b;", "a += 3; b = 2; a += 3; return a > b;"),
        repair(
            "guard.return",
            "return s.length() > 1;",
            "if (s == null) return false; return s.length() > 1;"),
        repair(
            "guard.continue",
            "for (int i = 0; i < a; i++) { b++; } return b > 1;",
            "for (int i = 0; i < a; i++) { if (i == b) continue; b++; } return b > 1;"),
        repair(
            "guard.wrap",
            "list.add(a); return true;",
            "if (list != null) { list.add(a); } return true;"),
        repair(
            "condition.alike",
            "if (s.charAt(a) == 'x') { return true; } return s.charAt(b) == 'y';",
            "if (s.charAt(a) == 'x' || s.charAt(a) == 'y') { return true; } return s.charAt(b) == 'y';"),
        repair(
            "branch.otherwise",
            "if (t) { limit = a; } return limit > 1;",
            "if (t) { limit = a; } else { limit = b; } return limit > 1;"),
        repair(
            "insert.mirrored",
            "store[a] = b; return true;",
            "store[a] = b; store[b] = a; return true;"),
        repair(
            "insert.exit",
            "switch (a) { case 1: b = 2; case 3: b = 4; } return b > 1;",
            "switch (a) { case 1: b = 2; break; case 3: b = 4; } return b > 1;"),
        repair(
            "case.add",
            "switch (a) { case 1: return true; default: return b > 7; }",
            "switch (a) { case 7: case 1: return true; default: return b > 7; }"),
        repair(
            "cast.reference",
            "return list.remove(a) != null;",
            "return list.remove((Object) a) != null;"),
        repair(
            "catch",
            "b = s.length(); return true;",
            "try { b = s.length(); } catch (RuntimeException thrown) { return true; } return true;"));
  }

  @Test
  void proposesTheSameQuestionOfAnotherMember() {
    String before =
        "class P {\n  int x;\n  int y;\n"
            + "  boolean same(P o) { if (x == o.x) { return true; } return false; }\n}\n";

    assertThat(proposals(before))
        .containsEntry(bare(before.replace("x == o.x", "x == o.x && y == o.y")), "condition.alike");
  }

  @Test
  void asksValuesForTheirTypeAndWhatTheyAnswerWithoutAnArgument() {
    String before =
        "class P {\n  boolean isLocked() { return false; }\n"
            + "  static int of(Object o, P p) {\n    return ((String) o).length();\n  }\n}\n";

    Map<String, String> proposals = proposals(before);

    assertThat(proposals)
        .containsEntry(
            bare(before.replace("return ((", "if (!(o instanceof String)) return 0; return ((")),
            "guard.return");
    assertThat(proposals)
        .containsEntry(
            bare(before.replace("return ((", "if (p.isLocked()) return 0; return ((")),
            "guard.return");
  }

  @Test
  void givesCasesOtherConstantsOfTheirEnum() {
    String before =
        "class P {\n  enum K { A, B }\n"
            + "  int of(K k) { switch (k) { case A: return 1; default: return 0; } }\n}\n";

    Map<String, String> proposals = proposals(before);

    assertThat(proposals).containsEntry(bare(before.replace("case A:", "case B:")), "case.change");
    assertThat(proposals)
        .containsEntry(bare(before.replace("case A:", "case B: case A:")), "case.add");
  }

  @Test
  void changesNoTypeAsIfItWereAValue() {
    String before =
        "class P {\n  long x;\n  int[] of(int y) { int z = y; return new int[z]; }\n}\n";

    assertThat(proposals(before)).noneSatisfy((text, op) -> assertThat(text).contains(")(int)"));
  }

  @Test
  void beginsMethodsWithTheOverriddenOneAndConstructorsWithTheirFields() {
    String before =
        "class P extends Thread {\n  int x;\n  P(int x) { System.gc(); }\n"
            + "  public void run() { System.gc(); }\n}\n";

    Map<String, String> proposals = proposals(before);

    assertThat(proposals)
        .containsEntry(
            bare(
                before.replace(
                    "P(int x) { System.gc(); }", "P(int x) { System.gc(); this.x = x; }")),
            "insert.field");
    assertThat(proposals)
        .containsEntry(bare(before.replace("run() {", "run() { super.run();")), "insert.super");
  }

  private static Arguments repair(String operator, String before, String after) {
    return Arguments.of(operator, before, after);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("repairs")
  void proposes(String operator, String before, String after) {
    Map<String, String> proposals = proposals(program(before));

    assertThat(proposals).containsKey(bare(program(after)));
    assertThat(proposals.get(bare(program(after)))).startsWith(operator);
  }

  @Test
  void proposesTheSameChangeAtAllPlacesThatAreAlike() {
    String before = program("if (a < 4) { b = 1; } if (a < 4) { b += 2; } return b > 1;");

    assertThat(proposals(before)).containsKey(bare(before.replace("a < 4", "a <= 4")));
  }

  @Test
  void looksAtFilesWithAnonymousClassesWhoseConstructorsTheCompilerAdds() {
    String before =
        "class A {\n  interface F { int of(int x); }\n"
            + "  F f() { return new F() { public int of(int x) { return x - 1; } }; }\n}\n";

    assertThat(proposals(before)).containsKey(bare(before.replace("x - 1", "x + 1")));
  }

  @Test
  void proposesEachTextOnceAndTheLikeliestFirst() {
    CandidateQueue queue = queue(program("if (a < 4) { b = 1; } return a + b > 1;"));
    Set<List<Edit>> seen = new HashSet<>();
    double last = 0;
    for (Proposal p = queue.next(); p != null; p = queue.next()) {
      assertThat(seen.add(p.edits())).as("%s", p).isTrue();
      assertThat(p.cost()).isGreaterThanOrEqualTo(last);
      last = p.cost();
    }
    assertThat(seen).hasSizeGreaterThan(100);
  }

  private static String program(String body) {
    return HEAD
        + "  boolean m(int a, int b, boolean t, boolean u, String s, List<Integer> list, List<List<Integer>> all) {\n    "
        + body
        + "\n  }\n}\n";
  }

  /** The compiler's model throws where a supertype is missing. */
  @Test
  void goesOnWithOtherPlacesWhereAFamilyThrows() {
    Family throwing =
        new Family() {
          @Override
          public double least(OperatorPrior prior) {
            return 0;
          }

          @Override
          public void propose(Site site, Draft draft) {
            throw new IllegalStateException("no members");
          }
        };
    CandidateQueue queue =
        new CandidateQueue(OperatorPrior.bundled(), List.of(throwing, new SwapOperator()));

    queue.open(
        Unit.of(new OneFile("A.java", program("return a < b;")).open()),
        Suspicion.given(List.of()));

    assertThat(queue.next()).isNotNull();
  }

  private static String bare(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static CandidateQueue queue(String source) {
    CandidateQueue queue = new CandidateQueue(OperatorPrior.bundled());
    queue.open(Unit.of(new OneFile("A.java", source).open()), Suspicion.given(List.of()));
    return queue;
  }

  private static Map<String, String> proposals(String source) {
    CandidateQueue queue = queue(source);
    Map<String, String> found = new LinkedHashMap<>();
    List<Proposal> all = new ArrayList<>();
    for (Proposal p = queue.next(); p != null; p = queue.next()) {
      all.add(p);
    }
    for (Proposal p : all) {
      found.putIfAbsent(bare(Edit.apply(source, 0, source.length(), p.edits())), p.operator());
    }
    return found;
  }
}
