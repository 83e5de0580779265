package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.fettle.contract.model.Admission;
import dev.fettle.engine.monitor.Monitor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A failure of a real repository, repaired and decided about in a real browser. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DecisionsTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @TempDir static Path directory;

  @Value("${local.server.port}")
  int port;

  @Autowired Monitor monitor;
  @Autowired RepairShop shop;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws Exception {
    Path repository = repository(directory.resolve("shop"));
    registry.add("fettle.data", () -> directory.resolve("data").toString());
    registry.add("fettle.key", () -> "secret-key");
    registry.add("fettle.repository", repository::toString);
    registry.add("fettle.policy", () -> "enterprise");
  }

  @Test
  void approvesRollsBackAndRejectsThroughThePages() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed at " + CHROMIUM);
    Admission admission =
        monitor.admit(
            Failures.nullPointer(
                "e-1", "length", "Cannot invoke \"String.length()\" because \"name\" is null"));
    var incident = ((Admission.Opened) admission).incident();
    shop.submit(incident, false);
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
      Page page = browser.newPage();
      page.navigate("http://127.0.0.1:" + port + "/incidents/" + incident.id());
      // the page renews itself when the road goes on
      page.locator("button.yes, .s-unrepaired")
          .first()
          .waitFor(new Locator.WaitForOptions().setTimeout(120_000));
      assertThat(badge(page)).as(page.content()).isEqualTo("proposed");
      assertThat(page.locator("mark").innerText()).isEqualTo("name");
      assertThat(branches()).isEmpty();

      page.locator("button.yes").click();
      page.locator(".said").waitFor();
      assertThat(branches()).hasSize(1);

      page.locator("button[aria-label^='Roll back'][aria-label$='-branch']").click();
      said(page, "rolled back by");
      assertThat(branches()).isEmpty();
      assertThat(badge(page)).isEqualTo("withdrawn");
      assertThat(page.locator(".timeline").innerText()).contains("still there: patchfile");
      assertThat(page.locator("button[aria-label^='Roll back']").count()).isEqualTo(1);

      page.locator("#reason").fill("handled <b>upstream</b>");
      page.locator("button.no").click();
      said(page, "rejected by");
      assertThat(badge(page)).isEqualTo("rejected");
      assertThat(page.locator(".said").innerText()).contains("handled <b>upstream</b>");
    }
  }

  private static String badge(Page page) {
    return page.locator("h1 .badge").innerText();
  }

  /** Waits until the page after a decision says so. */
  private static void said(Page page, String words) {
    page.locator(".said", new Page.LocatorOptions().setHasText(words)).waitFor();
  }

  private static List<String> branches() throws Exception {
    return git(directory.resolve("shop"), "branch", "--list", "fettle/*")
        .lines()
        .filter(l -> !l.isBlank())
        .toList();
  }

  /** A folder without a build; its tests run on the jars that this test runs on. */
  private static Path repository(Path shop) throws Exception {
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
    return shop;
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
