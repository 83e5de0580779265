package dev.fettle.source.reproduce;

import static dev.fettle.contract.model.TestDraft.Rung.STUBBED_BEAN;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that an agent keeps to itself, where the program looks at their form. */
class WithheldTest {
  @TempDir Path directory;

  @Test
  void anAddressIsReplacedByAnAddress() {
    Scenario.in(directory)
        .source(
            """
            public interface People { java.util.Optional<String> byMail(String mail); }
            """)
        .source(
            """
            public class Desk {
              private final People people;
              public Desk(People people) { this.people = people; }
              String name(String mail) {
                if (!mail.contains("@")) {
                  return "";
                }
                return people.byMail(mail).get();
              }
            }
            """)
        .capturedAs(WithheldTest::withheld)
        .fails("new Desk(mail -> java.util.Optional.empty()).name(\"ada@lovelace.example\");")
        .reproducedBy(STUBBED_BEAN)
        .passesWith(".get()", ".orElse(\"\")");
  }

  private static CapturedException withheld(CapturedException e) {
    return new CapturedException(
        e.type(),
        e.message(),
        e.frames().stream()
            .map(
                f ->
                    new CapturedFrame(
                        f.className(),
                        f.method(),
                        f.descriptor(),
                        f.file(),
                        f.line(),
                        f.application(),
                        f.receiver(),
                        f.locals().stream().map(WithheldTest::withheld).toList()))
            .toList(),
        e.cause());
  }

  private static Variable withheld(Variable v) {
    return v.name().equals("mail")
        ? new Variable(
            v.name(),
            v.descriptor(),
            v.parameter(),
            new CapturedValue.Redacted("java.lang.String", "e-mail address", "t1"))
        : v;
  }
}
