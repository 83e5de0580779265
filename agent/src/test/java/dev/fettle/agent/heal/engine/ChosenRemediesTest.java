package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.remedy.Remedies;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of whole methods whose failing statements are treated as the chooser says. */
class ChosenRemediesTest {
  @TempDir Path directory;

  private Object run(String members) throws Throwable {
    return run(Remedies.chooser(Map.of("threshold", "0"), Fitting.NOTHING, line -> {}), members);
  }

  private Object forced(String remedy, String members) throws Throwable {
    return run(
        Remedies.chooser(Map.of("threshold", "0", "force", remedy), Fitting.NOTHING, line -> {}),
        members);
  }

  private Object run(Chooser chooser, String members) throws Throwable {
    try (HealedProgram program = HealedProgram.of(directory, chooser, members)) {
      Object result = program.call("f");
      assertThat(program.heals()).isPositive();
      return result;
    }
  }

  @Test
  void aListThatAMapLacksIsPutIntoIt() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  Map<String, List<Integer>> pages = new TreeMap<>();
                  for (int i = 0; i < 3; i++) {
                    pages.get("k" + i % 2).add(i);
                  }
                  return pages.toString();
                }
                """))
        .isEqualTo("{k0=[0, 2], k1=[1]}");
  }

  @Test
  void aListThatIsOnlyReadLeavesTheMapAsItIs() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  Map<String, List<Integer>> pages = new TreeMap<>();
                  int size = pages.get("k").size();
                  return size + pages.toString();
                }
                """))
        .isEqualTo("0{}");
  }

  @Test
  void eachLoopSkipsTheIterationThatItMovesOutside() throws Throwable {
    assertThat(
            run(
                """
                static int f() {
                  int[][] cells = {{1, 1, 0}, {0, 1, 0}, {0, 0, 1}};
                  int alive = 0;
                  for (int i = -1; i <= 1; i++) {
                    for (int j = -1; j <= 1; j++) {
                      if (cells[i][j] == 1) {
                        alive++;
                      }
                    }
                  }
                  return alive;
                }
                """))
        .isEqualTo(3);
  }

  @Test
  void whatIsAskedOfNothingIsNothing() throws Throwable {
    assertThat(
            forced(
                "supply-default",
                """
                static class Link {
                  Link next;
                  int[] sizes;
                }
                static int f() {
                  Link link = new Link();
                  int size = 5 + link.next.next.sizes[2];
                  return size;
                }
                """))
        .isEqualTo(5);
  }

  @Test
  void theLeastOfTwoIsTheOneThatThereIsAndSoIsTheProduct() throws Throwable {
    assertThat(
            forced(
                "supply-default",
                """
                static int f() {
                  int[][] costs = {{1, 3}, {4, 5}};
                  int least = Math.min(costs[-1][0], costs[0][1]);
                  int product = least * costs[1][2];
                  return product;
                }
                """))
        .isEqualTo(3);
  }

  @Test
  void aRecursionWithoutAnEndEndsAtNothing() throws Throwable {
    assertThat(
            run(
                """
                static class Tree {
                  Tree left;
                  Tree right;
                }
                static int depth(Tree tree) {
                  return 1 + Math.max(depth(tree.left), depth(tree.right));
                }
                static int f() {
                  Tree tree = new Tree();
                  tree.left = new Tree();
                  tree.left.right = new Tree();
                  return depth(tree);
                }
                """))
        .isEqualTo(3);
  }

  @Test
  void theFirstCandidateIsTheBestSoFar() throws Throwable {
    assertThat(
            run(
                """
                static class Person {
                  final int age;
                  Person(int age) {
                    this.age = age;
                  }
                }
                static int f() {
                  Person oldest = null;
                  for (int age : new int[] {3, 9, 5}) {
                    Person person = new Person(age);
                    if (person.age > oldest.age) {
                      oldest = person;
                    }
                  }
                  return oldest.age;
                }
                """))
        .isEqualTo(9);
  }

  @Test
  void aCheckThatFindsNothingLeftSaysNo() throws Throwable {
    assertThat(
            run(
                """
                static boolean balanced(String text) {
                  Deque<Character> open = new ArrayDeque<>();
                  for (char c : text.toCharArray()) {
                    if (c == '(') {
                      open.push(c);
                    } else {
                      char o = open.pop();
                      if (o != '(') {
                        return false;
                      }
                    }
                  }
                  return open.isEmpty();
                }
                static boolean f() {
                  return balanced("())");
                }
                """))
        .isEqualTo(false);
  }

  @Test
  void aRowThatIsMissingIsAsLongAsItsLoopAsks() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  int[][] triangle = new int[3][];
                  for (int i = 0; i < 3; i++) {
                    for (int j = 0; j <= i; j++) {
                      triangle[i][j] = i + j;
                    }
                  }
                  return Arrays.deepToString(triangle);
                }
                """))
        .isEqualTo("[[0], [1, 2], [2, 3, 4]]");
  }

  @Test
  void anArrayThatNobodyMadeIsAsLargeAsItsLoopsAsk() throws Throwable {
    assertThat(
            run(
                """
                static int common(String a, String b) {
                  int[][] found = null;
                  for (int i = 1; i <= a.length(); i++) {
                    for (int j = 1; j <= b.length(); j++) {
                      found[i][j] = a.charAt(i - 1) == b.charAt(j - 1)
                          ? found[i - 1][j - 1] + 1
                          : Math.max(found[i - 1][j], found[i][j - 1]);
                    }
                  }
                  return found[a.length()][b.length()];
                }
                static int f() {
                  return common("abcde", "ace");
                }
                """))
        .isEqualTo(3);
  }

  @Test
  void aListOfItsOwnGrowsWithWhatIsSetIntoIt() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  List<Integer> squares = new ArrayList<>();
                  for (int i = 0; i < 4; i++) {
                    squares.set(i, i * i);
                  }
                  return squares.toString();
                }
                """))
        .isEqualTo("[0, 1, 4, 9]");
  }

  @Test
  void whatPassesIsTriedAgainAfterPauses() throws Throwable {
    assertThat(
            run(
                """
                static int calls;
                static String ask() throws Exception {
                  if (++calls < 4) {
                    throw new java.util.concurrent.TimeoutException("busy");
                  }
                  return "answer " + calls;
                }
                static String f() throws Exception {
                  String answer = ask();
                  return answer;
                }
                """))
        .isEqualTo("answer 4");
  }

  @Test
  void whatDoesNotPassIsGivenUp() throws Throwable {
    assertThat(
            run(
                """
                static int calls;
                static int ask() throws Exception {
                  calls++;
                  throw new java.util.concurrent.TimeoutException("busy");
                }
                static int f() throws Exception {
                  int answer = ask();
                  return calls + answer;
                }
                """))
        .isEqualTo(4);
  }
}
