package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import dev.fettle.contract.model.Admission;
import dev.fettle.engine.monitor.Monitor;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static ShopRepository shop;

  @Value("${local.server.port}")
  int port;

  @Autowired Monitor monitor;
  @Autowired RepairShop repairs;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws Exception {
    shop = ShopRepository.in(directory.resolve("shop"));
    registry.add("fettle.data", () -> directory.resolve("data").toString());
    registry.add("fettle.key", () -> "secret-key");
    registry.add("fettle.repository", shop.root()::toString);
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
    repairs.submit(incident, false);
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
      assertThat(shop.branches()).isEmpty();
      showsThePatchSideBySideWithItsTest(page);
      String inputs = "/api/v1/incidents/" + incident.id() + "/inputs";
      assertThat(page.request().get("http://127.0.0.1:" + port + inputs).text())
          .contains("\"place\":\"shop.Orders.length(Orders.java:12)\"", "\"plain\":1");

      page.locator("button.yes").click();
      page.locator("h1").filter(new Locator.FilterOptions().setHasText("403")).waitFor();
      assertThat(page.locator("main").innerText()).contains("fettle dashboard");
      assertThat(shop.branches()).isEmpty();

      page.navigate("http://127.0.0.1:" + port + Owner.link(directory.resolve("data")));
      page.navigate("http://127.0.0.1:" + port + "/incidents/" + incident.id());
      page.locator("button.yes").click();
      page.locator(".said").waitFor();
      assertThat(shop.branches()).hasSize(1);

      page.locator("button[aria-label^='Roll back'][aria-label$='-branch']").click();
      said(page, "rolled back by");
      assertThat(shop.branches()).isEmpty();
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

  private static void showsThePatchSideBySideWithItsTest(Page page) {
    Locator changed = page.locator("figure.diff tr.d-changed, figure.diff tr.d-added").first();
    assertThat(changed.locator("td.new").innerText())
        .contains("name")
        .isNotEqualTo(changed.locator("td.old").innerText());
    BoundingBox old = changed.locator("td.old").boundingBox();
    BoundingBox now = changed.locator("td.new").boundingBox();
    assertThat(now.x).isGreaterThanOrEqualTo(old.x + old.width);
    assertThat(Math.abs(now.y - old.y)).isLessThan(1);

    Locator test = page.locator("section[aria-labelledby=h-test] details");
    assertThat(test.locator("pre").isVisible()).isFalse();
    test.locator("summary").click();
    assertThat(test.locator("pre").innerText()).contains("@Test", "class ", ".length(");
    test.locator("summary").click();
  }

  private static String badge(Page page) {
    return page.locator("h1 .badge").innerText();
  }

  /** Waits until the page after a decision says so. */
  private static void said(Page page, String words) {
    page.locator(".said", new Page.LocatorOptions().setHasText(words)).waitFor();
  }
}
