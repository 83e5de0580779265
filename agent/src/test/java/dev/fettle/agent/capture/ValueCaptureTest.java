package dev.fettle.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.redact.Redactor;
import dev.fettle.agent.redact.Tokens;
import dev.fettle.wire.Value;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

class ValueCaptureTest {
  private static final CaptureLimits SMALL = new CaptureLimits(3, 5, 4, 60, 2_000);

  private final ValueCapture capture =
      new ValueCapture(new Redactor(new Tokens(1, 2)), SMALL, n -> n.startsWith("dev.fettle."));

  private Value copy(Object value) {
    ValueCapture.Copier copier = capture.copier();
    copier.nextFrame();
    return copier.copy("value", "java.lang.Object", value);
  }

  record Leaf(String name) {}

  static final class Node {
    Node next;
    int number = 4;
    final Leaf leaf = new Leaf("x");
  }

  @Test
  void writesPlainValuesAsTheirTypesParseThem() {
    UUID id = new UUID(1, 2);
    assertThat(copy(LocalDate.of(2026, 1, 31)))
        .isEqualTo(new Value.Scalar("java.time.LocalDate", "2026-01-31"));
    assertThat(copy(new BigDecimal("1.50")))
        .isEqualTo(new Value.Scalar("java.math.BigDecimal", "1.50"));
    assertThat(copy(id)).isEqualTo(new Value.Scalar("java.util.UUID", id.toString()));
    assertThat(copy(TimeUnit.DAYS))
        .isEqualTo(new Value.EnumConstant("java.util.concurrent.TimeUnit", "DAYS"));
  }

  @Test
  void namesPrimitivesByTheirDeclaredType() {
    assertThat(capture.copier().copy("n", "int", 3)).isEqualTo(new Value.Scalar("int", "3"));
    assertThat(capture.copier().copy("n", "java.lang.Integer", 3))
        .isEqualTo(new Value.Scalar("java.lang.Integer", "3"));
  }

  @Test
  void cutsCollectionsAndTellsTheirSize() {
    List<Integer> many = new ArrayList<>(Collections.nCopies(1_000, 1));
    assertThat(copy(many))
        .isInstanceOfSatisfying(
            Value.Sequence.class,
            s -> {
              assertThat(s.size()).isEqualTo(1_000);
              assertThat(s.elements()).hasSize(5);
            });
  }

  @Test
  void cutsTextsAndTellsTheirLength() {
    assertThat(copy("ab".repeat(500)))
        .isInstanceOfSatisfying(
            Value.Text.class,
            t -> {
              assertThat(t.length()).isEqualTo(1_000);
              assertThat(t.text()).hasSize(Redactor.TEXT_LIMIT);
            });
  }

  @Test
  void refersToWhatItHasSeen() {
    Node node = new Node();
    node.next = node;
    Value.Composite copied = (Value.Composite) copy(node);
    assertThat(copied.fields().get(0).value())
        .isEqualTo(new Value.Reference(Node.class.getName(), copied.identity()));
  }

  @Test
  void stopsAtTheDepthLimit() {
    Node first = new Node();
    Node at = first;
    for (int i = 0; i < 10; i++) {
      at.next = new Node();
      at = at.next;
    }
    assertThat(copy(first).toString()).contains("too deep");
  }

  @Test
  void stopsWhenTheBudgetIsSpent() {
    List<Object> wide = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wide.add(new ArrayList<>(List.of(new Node(), new Node(), new Node(), new Node())));
    }
    assertThat(copy(wide).toString()).hasSizeLessThan(30_000);
  }

  @Test
  void copiesMapsByTheirOrder() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", 2);
    assertThat(copy(map))
        .isInstanceOfSatisfying(
            Value.Mapping.class,
            m ->
                assertThat(m.entries())
                    .extracting(e -> ((Value.Text) e.key()).text())
                    .containsExactly("b", "a"));
  }

  @Test
  void withholdsSecretEntriesAndFields() {
    Map<String, Object> map = new HashMap<>();
    map.put("password", "hunter2");
    assertThat(copy(map).toString()).doesNotContain("hunter2");
  }

  @Test
  void copiesOptionalsAsSequences() {
    assertThat(copy(Optional.of(3)))
        .isEqualTo(
            new Value.Sequence(
                "java.util.Optional", 1, List.of(new Value.Scalar("java.lang.Integer", "3"))));
    assertThat(copy(Optional.empty()))
        .isEqualTo(new Value.Sequence("java.util.Optional", 0, List.of()));
  }

  @Test
  void saysWhatAProxyStandsFor() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Runnable.class},
            (p, m, a) -> {
              throw new AssertionError("called");
            });
    assertThat(((Value.Opaque) copy(proxy)).reason()).isEqualTo("proxy of java.lang.Runnable");
  }

  @Test
  void doesNotEnterSubclassesOfCollections() {
    List<Object> evil =
        new ArrayList<>() {
          @Override
          public int size() {
            throw new AssertionError("called");
          }
        };
    copy(evil);
    copy(Collections.unmodifiableList(evil));
  }

  /** As the agent opens what it reads. */
  private static void openJdk() {
    Module own = ValueCapture.class.getModule();
    ByteBuddyAgent.install()
        .redefineModule(
            Object.class.getModule(),
            Set.of(),
            Map.of(),
            Map.of("java.lang", Set.of(own), "java.util", Set.of(own)),
            Set.of(),
            Map.of());
  }

  @Test
  void takesNoLockOfTheProgram() throws Exception {
    openJdk();
    Vector<Integer> vector = new Stack<>();
    vector.addAll(List.of(1, 2));
    Hashtable<String, Integer> table = new Hashtable<>(Map.of("a", 1));
    List<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(3)));
    Map<String, Integer> map = Collections.synchronizedMap(new HashMap<>(Map.of("b", 2)));
    StringBuffer narrow = new StringBuffer("abc");
    StringBuffer wide = new StringBuffer("\u20ac 5");
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(2, false, List.of(7));
    List<Object> all =
        List.of(vector, table, list, map, Collections.unmodifiableMap(map), narrow, wide);
    CompletableFuture<List<Value>> copied = new CompletableFuture<>();
    Thread failing = new Thread(() -> copied.complete(all.stream().map(this::copy).toList()));
    // in this order of locks the program's own threads would never deadlock
    synchronized (vector) {
      synchronized (table) {
        synchronized (list) {
          synchronized (map) {
            synchronized (narrow) {
              synchronized (wide) {
                failing.start();
                assertThat(copied.get(60, TimeUnit.SECONDS).toString())
                    .contains("java.util.Stack, size=2")
                    .contains("java.util.Hashtable, size=1")
                    .contains("SynchronizedRandomAccessList, size=1")
                    .contains("SynchronizedMap, size=1")
                    .contains("UnmodifiableMap, size=1")
                    .contains("text=abc")
                    .contains("text=\u20ac 5")
                    .doesNotContain("Opaque");
              }
            }
          }
        }
      }
    }
    assertThat(copy(queue)).isInstanceOf(Value.Opaque.class);
  }

  @Test
  void doesNotTouchThreadsAndStreams() {
    assertThat(copy(Thread.currentThread())).isInstanceOf(Value.Opaque.class);
    assertThat(copy(System.in)).isInstanceOf(Value.Opaque.class);
  }
}
