package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.fettle.engine.monitor.Monitor;
import dev.fettle.server.pages.LiveEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The pages in a real browser. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DashboardTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  @TempDir static Path data;
  private static Playwright playwright;
  private static Browser browser;

  @Value("${local.server.port}")
  int port;

  @Autowired Monitor monitor;
  @Autowired LiveEvents events;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("fettle.data", () -> data.toString());
    registry.add("fettle.key", () -> "secret-key");
  }

  @BeforeAll
  static void browser() {
    assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed at " + CHROMIUM);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
  }

  @AfterAll
  static void end() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @Test
  void listsIncidentsMovesByKeyboardAndStaysFreshWithoutBreakingItsPolicy() {
    monitor.admit(Failures.nullPointer("d-1", "listFirst", "one"));
    List<String> complaints = new ArrayList<>();
    try (Page page = page(ColorScheme.DARK)) {
      page.onConsoleMessage(
          m -> {
            if (m.type().equals("error")) {
              complaints.add(m.text());
            }
          });
      page.navigate("http://127.0.0.1:" + port + "/incidents?query=list");
      assertThat(page.title()).isEqualTo("Incidents · Fettle");
      assertThat(page.locator("tr.row").count()).isEqualTo(1);

      page.keyboard().press("j");
      assertThat(page.locator("tr.row.current").count()).isEqualTo(1);
      page.keyboard().press("/");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("query");

      monitor.admit(Failures.nullPointer("d-2", "listSecond", "two"));
      events.changed("inc");
      page.locator("tr.row").nth(1).waitFor();
      page.locator("a.open").first().click();
      page.locator("#h-frames").waitFor();
      assertThat(page.locator("table.values").first().innerText())
          .contains("code")
          .contains("<b>NO</b>");
      assertThat(complaints).isEmpty();
    }
  }

  @Test
  void findsByWordsAndShowsServicesInLightColors() {
    monitor.admit(Failures.nullPointer("d-3", "needle", "three"));
    try (Page page = page(ColorScheme.LIGHT)) {
      page.navigate("http://127.0.0.1:" + port + "/incidents");
      page.locator("#query").fill("needle");
      page.locator("form.search button").click();
      page.waitForURL("**/incidents?query=needle**");
      assertThat(page.locator("tr.row").count()).isEqualTo(1);

      page.locator("nav a[href='/services']").click();
      assertThat(page.locator("h1").innerText()).isEqualTo("Services");
      assertThat(page.locator(".empty").innerText()).contains("No agent is connected");
    }
  }

  private static Page page(ColorScheme scheme) {
    return browser.newContext(new Browser.NewContextOptions().setColorScheme(scheme)).newPage();
  }
}
