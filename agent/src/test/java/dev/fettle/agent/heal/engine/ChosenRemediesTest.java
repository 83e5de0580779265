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

  @Test
  void theSameInputInAnotherCallGetsTheSameRemedy() throws Throwable {
    assertThat(
            run(
                """
                static int pieces(String text) {
                  int n = 7;
                  n = Integer.parseInt(text);
                  return n;
                }
                static int sum(String[] texts) {
                  int sum = 0;
                  for (int i = 0; i < texts.length; i++) {
                    sum += Integer.parseInt(texts[i]);
                  }
                  return sum;
                }
                static String f() {
                  Set<Integer> found = new TreeSet<>();
                  String[] texts = {"5kg", "1"};
                  for (int i = 0; i < 8_000; i++) {
                    found.add(pieces("12kg"));
                    found.add(sum(texts));
                  }
                  return found.toString();
                }
                """))
        .isEqualTo("[6, 12]");
  }

  @Test
  void aLoopThatItsRemedyDoesNotGetOnIsLeft() throws Throwable {
    assertThat(
            forced(
                "skip-statement",
                """
                static int f() {
                  int n = 0;
                  boolean more = true;
                  while (more) {
                    n = Integer.parseInt("x");
                    more = n == 0;
                  }
                  return n;
                }
                """))
        .isEqualTo(0);
  }

  @Test
  void whatOneFailureDoesNotAllowTheNextMay() throws Throwable {
    assertThat(
            run(
                """
                static int pieces(String text) {
                  int n = 5;
                  n = Integer.parseInt(text);
                  return n;
                }
                static String f() {
                  pieces("many");
                  return pieces("7kg") + " " + pieces("12kg");
                }
                """))
        .isEqualTo("7 12");
  }

  @Test
  void aFinalFieldsListIsMadeMutable() throws Throwable {
    assertThat(
            run(
                """
                static class Tags {
                  private final List<String> names;
                  Tags(List<String> names) {
                    this.names = names;
                  }
                  void add(String name) {
                    names.add(name);
                  }
                }
                static String f() {
                  Tags tags = new Tags(List.of("a"));
                  tags.add("b");
                  tags.add("c");
                  return tags.names.toString();
                }
                """))
        .isEqualTo("[a, b, c]");
  }

  @Test
  void aRangeThatEndsBehindTheTextEndsWithIt() throws Throwable {
    assertThat(
            forced(
                "supply-clamped",
                """
                static String f() {
                  String text = "abc";
                  int end = text.length() + 1;
                  String most = text.substring(1, end);
                  String name = "user".substring(0, "user".indexOf('@'));
                  List<Integer> first = List.of(1, 2).subList(0, 3);
                  return most + name + first;
                }
                """))
        .isEqualTo("bcuser[1, 2]");
  }

  @Test
  void aListOfListsIsNoneOfNumbers() throws Throwable {
    assertThat(
            run(
                """
                static int sum(List<List<Integer>> groups, List<Integer> more) {
                  more.add(3);
                  groups.add(more);
                  return groups.size();
                }
                static int f() {
                  return sum(new ArrayList<>(), null);
                }
                """))
        .isEqualTo(1);
  }

  @Test
  void whatATurnGoesOnWithIsNotMadeUp() throws Throwable {
    assertThat(
            run(
                """
                record User(String mail) {}
                static String f() {
                  Map<String, Integer> domains = new TreeMap<>();
                  for (User user : List.of(new User("a@x"), new User(null), new User("b@x"))) {
                    String domain = user.mail().substring(user.mail().indexOf('@') + 1);
                    domains.merge(domain, 1, Integer::sum);
                  }
                  return domains.toString();
                }
                """))
        .isEqualTo("{x=2}");
  }

  @Test
  void theShorterOfTwoListsHasNothingWhereTheLongerGoesOn() throws Throwable {
    assertThat(
            run(
                """
                static int f() {
                  int[] a = {1, 2};
                  int[] b = {1, 2, 3};
                  for (int i = 0; i < Math.max(a.length, b.length); i++) {
                    int left = a[i];
                    int right = b[i];
                    if (left != right) {
                      return left < right ? -1 : 1;
                    }
                  }
                  return 0;
                }
                """))
        .isEqualTo(-1);
  }

  @Test
  void aBestSoFarInAFieldIsSetByTheFirst() throws Throwable {
    assertThat(
            run(
                """
                record Bid(String by, int cents) {}
                static Bid best;
                static void offer(String by, int cents) {
                  Bid bid = new Bid(by, cents);
                  if (bid.cents > best.cents) {
                    best = bid;
                  }
                }
                static String f() {
                  offer("a", 5);
                  offer("b", 9);
                  offer("c", 7);
                  return best.by;
                }
                """))
        .isEqualTo("b");
  }

  @Test
  void aConstantThatAnEnumLacksIsTheCallersMatter() throws Throwable {
    assertThat(
            run(
                """
                enum Color { RED, GREEN }
                static String f() {
                  List<Color> found = new ArrayList<>();
                  for (String word : List.of("RED", "BLUE", "GREEN")) {
                    found.add(Color.valueOf(word));
                  }
                  return found.toString();
                }
                """))
        .isEqualTo("[RED, GREEN]");
  }

  @Test
  void whatIsComparedWithNullLaterMayBeNull() throws Throwable {
    assertThat(
            forced(
                "supply-default",
                """
                record City(String zip) {}
                static String label(City city) {
                  String zip = city.zip;
                  return zip != null ? "at " + zip : "nowhere";
                }
                static String f() {
                  return label(null);
                }
                """))
        .isEqualTo("nowhere");
  }

  @Test
  void aMapThatNobodyMadeTakesWhatIsNewlyMade() throws Throwable {
    assertThat(
            run(
                """
                static int f() {
                  Map<Integer, List<Integer>> rows = null;
                  for (int[] seat : new int[][] {{1, 2}, {1, 3}, {2, 4}}) {
                    rows.putIfAbsent(seat[0], new ArrayList<>());
                    rows.get(seat[0]).add(seat[1]);
                  }
                  return rows.size();
                }
                """))
        .isEqualTo(2);
  }

  @Test
  void whatIsLookedForInAnEmptyContainerIsPutThere() throws Throwable {
    assertThat(
            run(
                """
                static void note(List<String> log, String entry) {
                  if (!log.get(log.size() - 1).equals(entry)) {
                    log.add(entry);
                  }
                }
                static String f() {
                  List<String> log = new ArrayList<>();
                  for (String entry : new String[] {"up", "up", "down"}) {
                    note(log, entry);
                  }
                  return log.toString();
                }
                """))
        .isEqualTo("[up, down]");
  }

  @Test
  void whatCannotBeRenewedStaysAsItWas() throws Throwable {
    assertThat(
            run(
                """
                static class Server {
                  int port = 8080;
                  void read(Map<String, String> given) {
                    port = Integer.parseInt(given.get("port"));
                  }
                }
                static int f() {
                  Server server = new Server();
                  server.read(Map.of());
                  return server.port;
                }
                """))
        .isEqualTo(8080);
  }

  @Test
  void aLoopThatOnlyTakesEndsWhereNothingIsLeft() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  Queue<String> jobs = new ArrayDeque<>(List.of("a", "b"));
                  List<String> batch = new ArrayList<>();
                  for (int i = 0; i < 5; i++) {
                    batch.add(jobs.remove());
                  }
                  return batch.toString();
                }
                """))
        .isEqualTo("[a, b]");
  }

  @Test
  void nothingComesAfterTheLastCharacter() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  String text = "a%nb%";
                  StringBuilder out = new StringBuilder();
                  for (int i = 0; i < text.length(); i++) {
                    if (text.charAt(i) == '%' && text.charAt(i + 1) == 'n') {
                      out.append('/');
                      i++;
                    } else {
                      out.append(text.charAt(i));
                    }
                  }
                  return out.toString();
                }
                """))
        .isEqualTo("a/b%");
  }

  @Test
  void aRefusalIsHealedWhereTheRefusedCameFrom() throws Throwable {
    assertThat(
            run(
                """
                static int fee(String zone) {
                  if (zone.equals("EU")) {
                    return 5;
                  }
                  throw new IllegalArgumentException("zone " + zone);
                }
                static String f() {
                  List<Integer> fees = new ArrayList<>();
                  for (String zone : List.of("EU", "Mars", "EU")) {
                    int fee = fee(zone);
                    fees.add(fee);
                  }
                  return fees.toString();
                }
                """))
        .isEqualTo("[5, 5]");
  }

  @Test
  void whatAStatementWroteBeforeItFailedIsNotWrittenTwice() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  Map<String, List<Integer>> slots = new TreeMap<>();
                  slots.put("b", List.of(1, 2));
                  StringBuilder out = new StringBuilder();
                  for (String slot : List.of("a", "b")) {
                    out.append(slot).append('=').append(slots.get(slot).size()).append(';');
                  }
                  return out.toString();
                }
                """))
        .isEqualTo("a=0;b=2;");
  }

  @Test
  void anArrayBehindACounterGrowsWithoutCountingTwice() throws Throwable {
    assertThat(
            run(
                """
                static class Guests {
                  String[] names = new String[2];
                  int count;
                  void add(String name) {
                    names[count++] = name;
                  }
                }
                static String f() {
                  Guests guests = new Guests();
                  for (String name : List.of("a", "b", "c", "d", "e")) {
                    guests.add(name);
                  }
                  return guests.count + guests.names[4];
                }
                """))
        .isEqualTo("5e");
  }

  @Test
  void nothingIsDividedByWhatIsMissing() throws Throwable {
    assertThat(
            forced(
                "supply-default",
                """
                static double euros(Map<String, Double> rates, String currency) {
                  return 8 / rates.get(currency);
                }
                static double f() {
                  return euros(Map.of("USD", 2.0), "USD") + euros(Map.of(), "USD");
                }
                """))
        .isEqualTo(4.0);
  }

  @Test
  void aTextToBeReadAsANumberIsZero() throws Throwable {
    assertThat(
            run(
                """
                static int compare(String[] a, String[] b) {
                  for (int i = 0; i < Math.max(a.length, b.length); i++) {
                    int left = Integer.parseInt(a[i]);
                    int right = Integer.parseInt(b[i]);
                    if (left != right) {
                      return left < right ? -1 : 1;
                    }
                  }
                  return 0;
                }
                static int f() {
                  return compare("1.2".split("\\\\."), "1.2.3".split("\\\\."));
                }
                """))
        .isEqualTo(-1);
  }

  @Test
  void aLineThatIsTooShortIsPassedOver() throws Throwable {
    assertThat(
            run(
                """
                static String f() {
                  Map<String, String> values = new TreeMap<>();
                  for (String line : List.of("a=1", "b", "c=3")) {
                    String[] parts = line.split("=");
                    values.put(parts[0], parts[1]);
                  }
                  return values.toString();
                }
                """))
        .isEqualTo("{a=1, c=3}");
  }
}
