package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.fettle.contract.model.Admission;
import dev.fettle.engine.monitor.Monitor;
import dev.fettle.server.pages.LiveEvents;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The pages in a real browser. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DashboardTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** Texts that do not stand out from what is painted below them. */
  private static final String CONTRAST =
      """
      () => {
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgba = (css) => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = css;
          canvas.fillRect(0, 0, 1, 1);
          const d = canvas.getImageData(0, 0, 1, 1).data;
          return [d[0], d[1], d[2], d[3] / 255];
        };
        const over = (top, below) =>
            [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
        const ground = (e) => {
          const below = e.parentElement ? ground(e.parentElement) : [255, 255, 255, 1];
          return over(rgba(getComputedStyle(e).backgroundColor), below);
        };
        const light = (c) => {
          const l = c.slice(0, 3).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
          return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
        };
        const faint = [];
        for (const e of document.body.querySelectorAll('*')) {
          const own = Array.from(e.childNodes)
              .some(n => n.nodeType === 3 && n.textContent.trim() !== '');
          if (!own || e.getClientRects().length === 0 || e.closest('svg')) { continue; }
          const style = getComputedStyle(e);
          const back = ground(e);
          const a = light(over(rgba(style.color), back)), b = light(back);
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
          if (ratio < (large ? 3 : LEAST)) {
            faint.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2) + ': '
                + e.textContent.trim().slice(0, 40));
          }
        }
        return faint;
      }
      """;

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

  @Test
  void sortsByWhatIsChosenAndDrawsWhenItHappened() {
    monitor.admit(Failures.nullPointer("d-4", "sortedOnce", "four"));
    for (int i = 0; i < 3; i++) {
      monitor.admit(Failures.nullPointer("d-5-" + i, "sortedThrice", "five"));
    }
    monitor.admit(Failures.nullPointer("d-6", "sortedLast", "six"));
    try (Page page = page(ColorScheme.LIGHT)) {
      page.navigate(url("/incidents?query=sorted"));
      assertThat(titles(page)).last().asString().contains("sortedOnce");

      page.locator("#sort").selectOption("count");
      page.locator("form.search button").click();
      page.waitForURL("**sort=count**");
      assertThat(titles(page)).first().asString().contains("sortedThrice");
      assertThat(page.locator("#sort").inputValue()).isEqualTo("count");
      assertThat(page.locator("td.number").first().innerText()).isEqualTo("3");

      Locator line = page.locator("svg.spark polyline").first();
      assertThat(line.getAttribute("points").split(" ")).hasSizeGreaterThan(10);
      assertThat((double) line.evaluate("e => e.getBoundingClientRect().height")).isGreaterThan(5);
      assertThat(line.evaluate("e => getComputedStyle(e).stroke")).isNotEqualTo("none");
    }
  }

  @Test
  void everythingCanBeReachedFromTheKeyboard() {
    monitor.admit(Failures.nullPointer("d-7", "keyFirst", "seven"));
    monitor.admit(Failures.nullPointer("d-8", "keySecond", "eight"));
    try (Page page = page(ColorScheme.LIGHT)) {
      page.navigate(url("/incidents?query=key"));
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to content");
      assertThat(page.locator(".skip").boundingBox().x).isPositive();

      page.keyboard().press("j");
      page.keyboard().press("j");
      page.keyboard().press("k");
      assertThat(page.locator("tr.row.current").innerText()).contains("keySecond");
      assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
      page.keyboard().press("Enter");
      page.locator("#h-frames").waitFor();

      page.keyboard().press("Tab"); // the page is new: its first stop
      assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to content");
      page.locator("details summary").first().focus();
      boolean open = page.locator("details").first().getAttribute("open") != null;
      page.keyboard().press("Space");
      assertThat(page.locator("details").first().getAttribute("open") != null).isNotEqualTo(open);
    }
  }

  @Test
  void whatWasOpenedStaysOpenWhenThePageRenewsItself() {
    var admitted =
        (Admission.Opened) monitor.admit(Failures.nullPointer("d-9", "staysOpen", "nine"));
    String id = admitted.incident().id().value();
    try (Page page = page(ColorScheme.LIGHT)) {
      page.navigate(url("/incidents/" + id));
      page.locator("details.app summary").first().click(); // closes what was open
      assertThat(page.locator("details.app").first().getAttribute("open")).isNull();

      monitor.admit(Failures.nullPointer("d-10", "staysOpen", "nine"));
      events.changed(id);
      page.locator(".facts b").filter(hasText("2")).waitFor();

      assertThat(page.locator("details.app").first().getAttribute("open")).isNull();
    }
  }

  @Test
  void whatChangesBeforeThePageListensIsNotLost() {
    var admitted =
        (Admission.Opened) monitor.admit(Failures.nullPointer("d-11", "unheard", "eleven"));
    String id = admitted.incident().id().value();
    try (Page page = page(ColorScheme.LIGHT)) {
      page.route(
          "**/events**",
          stream -> {
            monitor.admit(Failures.nullPointer("d-12", "unheard", "eleven"));
            events.changed(id);
            stream.resume();
          });
      page.navigate(url("/incidents/" + id));
      page.locator(".facts b").filter(hasText("2")).waitFor();
    }
  }

  @Test
  void listsInstancesThatAreConnected() throws Exception {
    Message hello = new Message.Hello("i-77", "till", "4.2", "0123456789abcdef", "17.0.1", 77, "0");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url("/agent/v1/frames")))
                    .header("X-Fettle-Instance", "i-77")
                    .header("Authorization", "Bearer secret-key")
                    .POST(
                        HttpRequest.BodyPublishers.ofByteArray(
                            MessageCodec.encode(
                                List.of(hello, new Message.Heartbeat(System.currentTimeMillis())))))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (Page page = page(ColorScheme.LIGHT)) {
      page.navigate(url("/services"));
      assertThat(page.locator("tbody tr").filter(hasText("i-77")).innerText())
          .contains("till", "77", "17.0.1", "4.2", "012345678");
    }
  }

  /** WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large text. */
  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void textStandsOutAndFitsNarrowWindows(ColorScheme scheme) {
    var admitted =
        (Admission.Opened)
            monitor.admit(Failures.nullPointer("d-11-" + scheme, "contrast" + scheme, "x"));
    for (String path :
        List.of(
            "/incidents",
            "/incidents/" + admitted.incident().id().value(),
            "/heals",
            "/services",
            "/incidents/inc-0000000000")) {
      try (Page page = page(scheme)) {
        page.navigate(url(path));
        Object faint = page.evaluate(CONTRAST.replace("LEAST", "4.5"));
        assertThat((List<?>) faint).as(path).isEmpty();
        page.setViewportSize(360, 700);
        Object wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth");
        assertThat(((Number) wide).intValue()).as("%s is too wide", path).isLessThanOrEqualTo(0);
      }
    }
  }

  private static List<String> titles(Page page) {
    return page.locator("a.open").allInnerTexts();
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static Page page(ColorScheme scheme) {
    return browser.newContext(new Browser.NewContextOptions().setColorScheme(scheme)).newPage();
  }
}
