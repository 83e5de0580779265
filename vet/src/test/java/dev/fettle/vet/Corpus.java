package dev.fettle.vet;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles shapes with this JDK's javac, judges them, runs what was accepted. */
final class Corpus {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      JAVAC.getStandardFileManager(d -> {}, null, null);

  /** Calls of methods of the "application" below: must stay 0. */
  static final AtomicInteger APPLICATION_CALLS = new AtomicInteger();

  /** For a child JVM of another version: prints a line for each shape. */
  public static void main(String[] arguments) {
    for (Map.Entry<String, String> each : verdicts().entrySet()) {
      System.out.println(each.getKey() + "\t" + each.getValue().replace('\n', ' '));
    }
  }

  static Map<String, String> verdicts() {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (Shape shape : HostileShapes.ALL) {
      verdicts.put("hostile " + shape.name(), verdict(shape));
    }
    for (Shape shape : HarmlessShapes.ALL) {
      verdicts.put("harmless " + shape.name(), verdict(shape));
    }
    verdicts.put("calls of the application", "" + APPLICATION_CALLS.get());
    return verdicts;
  }

  static String verdict(Shape shape) {
    byte[] bytes = compile(shape.source());
    return bytes == null ? "refused: does not compile" : verdict(bytes);
  }

  static String verdict(byte[] bytes) {
    Vetting vetting = Vet.contained(bytes);
    if (vetting instanceof Vetting.Refused refused) {
      return "refused: " + refused.reason();
    }
    Object[] live = live();
    String before = shown(live);
    ContainedSnippet snippet;
    try {
      snippet = ContainedSnippet.of((Vetting.Accepted) vetting);
    } catch (LinkageError e) {
      return "refused: by the JVM";
    }
    ContainedSnippet.Run run = snippet.run(live, new Meter());
    if (!shown(live).equals(before)) {
      return "the live values changed: " + shown(live);
    }
    if (run instanceof ContainedSnippet.Run.Stopped stopped) {
      return "stopped: " + stopped.reason();
    } else if (run instanceof ContainedSnippet.Run.Failed failed) {
      return "failed: " + failed.exception();
    }
    return "done: " + changes(live, (ContainedSnippet.Run.Done) run);
  }

  private static String changes(Object[] live, ContainedSnippet.Run.Done done) {
    if (!done.changed()) {
      return "unchanged";
    }
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < live.length; i++) {
      if (done.values()[i] != live[i]) {
        changes.add("[" + i + "]=" + shown(done.values()[i]));
      }
    }
    return String.join(" ", changes);
  }

  static Object[] live() {
    EvilList evil = new EvilList();
    Map<Object, Object> map = new HashMap<>();
    map.put(new Application(), 1);
    APPLICATION_CALLS.set(0);
    return new Object[] {
      new ArrayList<>(List.of(1, 2, 3)),
      evil,
      new StringBuilder("live"),
      new Application(),
      map,
      "12 eggs",
      new int[] {1, 2, 3},
      7,
      new ComparableApplication(),
      Map.of("k", 2),
      List.of(5)
    };
  }

  private static String shown(Object[] live) {
    return live[0] + " " + live[2] + " " + live[5] + Arrays.toString((int[]) live[6]) + live[7];
  }

  private static String shown(Object value) {
    return value instanceof int[] array
        ? Arrays.toString(array)
        : value instanceof Application ? "an application's object" : String.valueOf(value);
  }

  static byte[] compile(String source) {
    Memory memory = new Memory(FILES);
    List<String> options =
        List.of("--release", "17", "-XDstringConcat=inline", "-proc:none", "-nowarn", "-g:none");
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("string:///FettleSnippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignore) {
            return source;
          }
        };
    boolean compiled = JAVAC.getTask(null, memory, d -> {}, options, null, List.of(unit)).call();
    return compiled ? memory.first.toByteArray() : null;
  }

  /** Keeps the class that the compiler writes last: the outermost one. */
  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    ByteArrayOutputStream first = new ByteArrayOutputStream();

    Memory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        javax.tools.FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (name.equals("FettleSnippet") || first.size() == 0) {
        first = bytes;
      }
      return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('$', '_')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }

  private static class Application {
    @Override
    public String toString() {
      APPLICATION_CALLS.incrementAndGet();
      return "called";
    }

    @Override
    public boolean equals(Object other) {
      APPLICATION_CALLS.incrementAndGet();
      return true;
    }

    @Override
    public int hashCode() {
      APPLICATION_CALLS.incrementAndGet();
      return 1;
    }
  }

  private static final class ComparableApplication extends Application
      implements Comparable<Object> {
    @Override
    public int compareTo(Object other) {
      APPLICATION_CALLS.incrementAndGet();
      return 0;
    }
  }

  private static final class EvilList extends ArrayList<Object> {
    @Override
    public int size() {
      APPLICATION_CALLS.incrementAndGet();
      return super.size();
    }

    @Override
    public Object get(int index) {
      APPLICATION_CALLS.incrementAndGet();
      return super.get(index);
    }
  }
}
