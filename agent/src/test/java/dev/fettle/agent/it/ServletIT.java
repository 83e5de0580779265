package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.Exchange;
import dev.fettle.wire.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A servlet that fails in a real Tomcat, under the packed agent. */
class ServletIT {
  private static final Pattern PORT = Pattern.compile("port (\\d+)\\R");
  private static final String SOURCE =
      """
      package app;
      import jakarta.servlet.http.*;
      import org.apache.catalina.startup.Tomcat;
      public class Main {
        static class Orders extends HttpServlet {
          @Override protected void doPost(HttpServletRequest request, HttpServletResponse answer) {
            String id = request.getPathInfo();
            String found = find(id);
            found.length();
          }
          private static String find(String id) { return null; }
        }
        public static void main(String[] args) throws Exception {
          Tomcat tomcat = new Tomcat();
          tomcat.setBaseDir(System.getProperty("user.home"));
          tomcat.setPort(0);
          var context = tomcat.addContext("", null);
          Tomcat.addServlet(context, "orders", new Orders());
          context.addServletMappingDecoded("/orders/*", "orders");
          tomcat.getConnector();
          tomcat.start();
          System.out.println("port " + tomcat.getConnector().getLocalPort());
          System.out.flush();
          long end = System.nanoTime() + 60_000_000_000L;
          java.nio.file.Path go = java.nio.file.Path.of(System.getProperty("user.home"), "go");
          while (!java.nio.file.Files.exists(go) && System.nanoTime() < end) {
            Thread.sleep(20);
          }
          System.exit(0);
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void sendsTheRequestWithSelectedHeadersAndWithoutSecrets() throws Exception {
    String tomcat = Foreign.classPath("tomcat");
    try (RecordingServer server = new RecordingServer()) {
      TestApp app =
          TestApp.of(directory, "app/Main.java", SOURCE, "-g", "-parameters", "-cp", tomcat)
              .withAgent(server.url());
      Process process = app.start("-cp", app.classes() + ":" + tomcat, "app.Main");
      HttpResponse<String> answer = order(port(app, process));
      assertThat(answer.statusCode()).isEqualTo(500);

      Exchange seen = server.await(Message.Occurrence.class, 1).get(0).exchange();
      Files.createFile(directory.resolve("go"));
      app.finish(process);

      assertThat(seen).isNotNull();
      assertThat(seen.method()).isEqualTo("POST");
      assertThat(seen.path()).isEqualTo("/orders/7");
      assertThat(seen.query()).isEqualTo("token=[redacted]&color=red");
      assertThat(seen.status()).isEqualTo(500);
      assertThat(seen.headers())
          .containsEntry("x-request-id", "r-17")
          .containsEntry("user-agent", "probe/1")
          .containsEntry("content-type", "text/plain")
          .doesNotContainKeys("authorization", "cookie", "x-api-key", "x-custom");
      assertThat(server.text()).doesNotContain("hush-1", "hush-2", "hush-3", "hush-4");
    }
  }

  private static HttpResponse<String> order(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/orders/7?token=hush-1&color=red"))
            .header("Authorization", "Bearer hush-2")
            .header("Cookie", "session=hush-3")
            .header("X-Api-Key", "hush-4")
            .header("X-Custom", "nobody asked for it")
            .header("X-Request-Id", "r-17")
            .header("User-Agent", "probe/1")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("two pens"))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static int port(TestApp app, Process process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher port = PORT.matcher(app.read("out.txt"));
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("never listened: " + app.read("err.txt"));
  }
}
