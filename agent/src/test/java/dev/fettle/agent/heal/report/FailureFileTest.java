package dev.fettle.agent.heal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.capture.CaptureLimits;
import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.observe.ApplicationClasses;
import dev.fettle.agent.observe.ThrownTrace;
import dev.fettle.agent.redact.Redactor;
import dev.fettle.agent.redact.Tokens;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureFileTest {
  private static final OneSite SITE = OneSite.price();

  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();

  @BeforeAll
  static void openJdk() {
    ByteBuddyAgent.install()
        .redefineModule(
            Object.class.getModule(),
            Set.of(),
            Map.of(),
            Map.of("java.lang", Set.of(FailureFileTest.class.getModule())),
            Set.of(),
            Map.of());
  }

  @Test
  void tellsTheFirstFailureOfAPlaceWithItsStateAndAsksOn() throws IOException {
    Path file = folder.resolve("failures.bin");
    Chooser chooser = chooser(file);

    chooser.choose(SITE.failing(thrown("4 eggs"), "4 eggs", new ArrayList<>(), new int[1], 7));
    chooser.choose(SITE.failing(thrown("5 eggs"), "5 eggs", new ArrayList<>(), new int[1], 8));

    List<Message> told = MessageCodec.decode(new ByteArrayInputStream(Files.readAllBytes(file)));
    assertThat(told).hasSize(1);
    Message.Occurrence occurrence = (Message.Occurrence) told.get(0);
    assertThat(occurrence.thrown().type()).isEqualTo("java.lang.NumberFormatException");
    assertThat(occurrence.toString()).contains("4 eggs", "Scalar[type=int, text=7]");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aFileThatCannotBeWrittenHurtsNobody() {
    Chooser chooser = chooser(folder.resolve("missing/failures.bin"));

    chooser.choose(SITE.failing(thrown("4 eggs"), "4 eggs", new ArrayList<>(), new int[1], 7));

    assertThat(asked).containsExactly("For input string: \"4 eggs\"");
  }

  /** With the frame of the program that fails. */
  private static Throwable thrown(String text) {
    try {
      throw new AssertionError("a number: " + OneSite.Program.price(text, List.of(), new int[1]));
    } catch (NumberFormatException e) {
      return e;
    }
  }

  private Chooser chooser(Path file) {
    Redactor redactor = new Redactor(new Tokens(1, 2));
    return new FailureFile(
        file,
        failure -> {
          asked.add(String.valueOf(failure.thrown().getMessage()));
          return null;
        },
        new ValueCapture(redactor, CaptureLimits.DEFAULT, name -> true),
        new ThrownTrace(new ApplicationClasses((name, why) -> {}), redactor));
  }
}
