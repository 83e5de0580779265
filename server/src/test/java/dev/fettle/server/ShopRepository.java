package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A git repository without a build, whose code fails as {@link Failures} says; its tests run on the
 * jars that this test runs on.
 */
record ShopRepository(Path root) {
  static ShopRepository in(Path shop) throws Exception {
    write(
        shop.resolve("src/main/java/shop/Orders.java"),
        """
        package shop;

        import java.util.Map;

        public class Orders {
          private final Map<String, String> names = Map.of("A", "Ann");

          /** 0 for nobody. */
          public int length(String code) {
            String name = names.get(code);
            // the line that the failure names
            return name.length();
          }
        }
        """);
    write(
        shop.resolve("src/test/java/shop/OrdersTest.java"),
        """
        package shop;

        import static org.junit.jupiter.api.Assertions.assertEquals;

        import org.junit.jupiter.api.Test;

        class OrdersTest {
          @Test
          void knowsAnn() {
            assertEquals(3, new Orders().length("A"));
          }
        }
        """);
    Files.createDirectories(shop.resolve("lib"));
    String own = System.getProperty("java.class.path");
    for (String entry :
        System.getProperty("surefire.test.class.path", own).split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      String name = String.valueOf(jar.getFileName());
      if (name.matches("(junit|opentest4j|apiguardian|jspecify).*")) {
        Files.copy(jar, shop.resolve("lib").resolve(name));
      }
    }
    git(shop, "init", "-q", "-b", "main");
    git(shop, "add", "-A");
    git(shop, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Orders");
    return new ShopRepository(shop);
  }

  /** Local branches that Fettle made. */
  List<String> branches() throws Exception {
    return git(root, "branch", "--list", "--format=%(refname:short)", "fettle/*")
        .lines()
        .filter(l -> !l.isBlank())
        .toList();
  }

  /** Commits of a branch that main has not. */
  long commits(String branch) throws Exception {
    return git(root, "rev-list", "main.." + branch).lines().filter(l -> !l.isBlank()).count();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String git(Path shop, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", shop.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
