package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people set, under the packed agent, without a server. */
class HealOptionsIT {
  private static final String OFF = "fettle.heal.enabled";
  private static final String HARNESS =
      """
      package app;
      import java.util.concurrent.atomic.AtomicReference;
      import java.util.function.*;
      public class Main {
        static String end(Supplier<Object> what) throws Exception {
          AtomicReference<String> end = new AtomicReference<>("?");
          Thread thread = new Thread(() -> end.set("" + what.get()));
          thread.setUncaughtExceptionHandler((t, e) -> end.set(e.getClass().getSimpleName()));
          thread.start();
          thread.join();
          return end.get();
        }
        static String until(String wanted, Supplier<Object> what) throws Exception {
          String end = end(what);
          for (int i = 0; i < 1200 && !end.equals(wanted); i++) {
            Thread.sleep(50);
            end = end(what);
          }
          return end;
        }
        public static void main(String[] a) throws Exception {
      BODY
        }
      }
      """;
  private static final String SHOP =
      """
      package app;
      class Shop {
        static int count;
        static int parse(String text) { int n = 3; n = Integer.parseInt(text); return n; }
        static int loop(String text) {
          int n = 0;
          for (int i = 0; i < 1000; i++) { count = i; n += parse(text); }
          return n;
        }
      }
      """;
  private static final String NEVER =
      """
      package dev.fettle.annotations;
      import java.lang.annotation.*;
      @Retention(RetentionPolicy.CLASS)
      public @interface NeverHeal {}
      """;

  @TempDir Path directory;

  @Test
  void onFailureHealsFromTheSecondFailureOfAClassOn() throws Exception {
    List<String> out =
        run(
            "System.out.println(end(() -> Shop.parse(\"x\")));\n"
                + "System.out.println(until(\"3\", () -> Shop.parse(\"x\")));",
            "-Dfettle.heal.install=on-failure");
    assertThat(out).containsExactly("NumberFormatException", "3");
  }

  @Test
  void healingIsSwitchedOffAndOnAgainWhileTheProgramRuns() throws Exception {
    List<String> out =
        run(
            "System.out.println(end(() -> Shop.parse(\"x\")));\n"
                + "System.setProperty(\""
                + OFF
                + "\", \"false\");\n"
                + "System.out.println(until(\"NumberFormatException\", () -> Shop.parse(\"x\")));\n"
                + "System.setProperty(\""
                + OFF
                + "\", \"true\");\n"
                + "System.out.println(until(\"3\", () -> Shop.parse(\"x\")));");
    assertThat(out).containsExactly("3", "NumberFormatException", "3");
  }

  @Test
  void theBudgetOfAPlaceEndsALoopOfHeals() throws Exception {
    List<String> out =
        run(
            "System.out.println(end(() -> Shop.loop(\"x\")) + \" \" + Shop.count);",
            "-Dfettle.heal.budget.site=20");
    // the place in parse and the one of its caller, 20 heals each
    assertThat(out).containsExactly("NumberFormatException 40");
  }

  @Test
  void neverMeansNever() throws Exception {
    TestApp.of(directory, "dev/fettle/annotations/NeverHeal.java", NEVER);
    List<String> out =
        run(
            "System.out.println(end(() -> Till.price(\"x\")));\n"
                + "System.out.println(end(() -> Till.other(\"x\")));\n"
                + "System.out.println(end(() -> Safe.price(\"x\")));",
            new String[0],
            "class Till { @dev.fettle.annotations.NeverHeal static int price(String t) { int n = 3;"
                + " n = Integer.parseInt(t); return n; }\n static int other(String t) { int n = 3;"
                + " n = Integer.parseInt(t); return n; } }\n"
                + "@dev.fettle.annotations.NeverHeal class Safe { static int price(String t) {"
                + " int n = 3; n = Integer.parseInt(t); return n; } }");
    assertThat(out).containsExactly("NumberFormatException", "3", "NumberFormatException");
  }

  @Test
  void whatWasLearnedMayBeDamaged() throws Exception {
    Path state = Files.createDirectories(directory.resolve("state/services/shop"));
    for (String file : List.of("heal-experience.txt")) {
      Files.write(state.resolve(file), new byte[] {0, 1, 2, (byte) 0xff, '\n', 9, 9, 9, '\n'});
    }
    List<String> out =
        run(
            "System.out.println(end(() -> Shop.parse(\"x\")));",
            "-Dfettle.state=" + directory.resolve("state"),
            "-Dfettle.service=shop",
            "-Dfettle.heal.healer=typed",
            "-Dfettle.heal.threshold=0");
    assertThat(out).hasSize(1);
    assertThat(out.get(0)).matches("\\d+");
  }

  private List<String> run(String body, String... options) throws Exception {
    return run(body, options, "");
  }

  private List<String> run(String body, String[] options, String more)
      throws IOException, InterruptedException {
    String path = Files.createDirectories(directory.resolve("classes")).toString();
    TestApp.of(directory, "app/Shop.java", SHOP + more, "-g", "-cp", path);
    TestApp app =
        TestApp.of(directory, "app/Main.java", HARNESS.replace("BODY", body), "-g", "-cp", path);
    TestApp.Run run =
        app.with("-Dfettle.heal=typed", "-Dfettle.heal.healer=steamroller")
            .with("-Dfettle.heal.exclude=app.Main", "-XX:TieredStopAtLevel=1")
            .with(options)
            .withAgent("http://127.0.0.1:9", "packages=app")
            .run();
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().toList();
  }
}
