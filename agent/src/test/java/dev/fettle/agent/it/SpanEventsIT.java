package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heals in a program that uses the OpenTelemetry API itself, under the packed agent. */
class SpanEventsIT {
  private static final String PROGRAM =
      """
      package app;
      import io.opentelemetry.api.common.*;
      import io.opentelemetry.api.trace.*;
      import io.opentelemetry.context.*;
      import java.util.concurrent.TimeUnit;
      public class Main {
        static class Printing implements Span {
          public <T> Span setAttribute(AttributeKey<T> key, T value) { return this; }
          public Span addEvent(String name, Attributes attributes) {
            System.out.println(name);
            attributes.forEach((key, value) -> System.out.println(key.getKey() + "=" + value));
            return this;
          }
          public Span addEvent(String n, Attributes a, long at, TimeUnit unit) { return this; }
          public Span setStatus(StatusCode code, String description) { return this; }
          public Span recordException(Throwable thrown, Attributes attributes) { return this; }
          public Span updateName(String name) { return this; }
          public void end() {}
          public void end(long at, TimeUnit unit) {}
          public SpanContext getSpanContext() { return SpanContext.getInvalid(); }
          public boolean isRecording() { return true; }
        }
        static int price(String text) {
          int price = 7;
          price = Integer.parseInt(text);
          return price;
        }
        public static void main(String[] args) {
          try (Scope scope = Context.current().with(new Printing()).makeCurrent()) {
            System.out.println(price("12kg"));
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void aHealIsAnEventOfTheCurrentSpan() throws Exception {
    String api = Foreign.classPath("otel");
    TestApp app =
        TestApp.of(directory, "app/Main.java", PROGRAM, "-g", "-cp", api)
            .with("-XX:TieredStopAtLevel=1", "-Dfettle.heal=typed", "-Dfettle.heal.threshold=0")
            .withAgent("http://127.0.0.1:9", "packages=app");
    TestApp.Run run =
        app.finish(app.start("-cp", app.classes() + java.io.File.pathSeparator + api, "app.Main"));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .contains(
            "fettle.heal",
            "fettle.heal.site=app.Main.price:25",
            "fettle.heal.remedy=supply-prefix",
            "exception.type=java.lang.NumberFormatException",
            "12");
  }
}
