package dev.fettle.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.redact.Redactor;
import dev.fettle.agent.redact.Tokens;
import dev.fettle.boot.Hook;
import dev.fettle.boot.Observer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What woven code calls, with an observer whose own code fails. */
class OwnFailuresTest {
  private final AtomicInteger asked = new AtomicInteger();
  private Observation observation;

  /** Fails at every request, and tells the real observer so. */
  private final Observer failing =
      new Observer() {
        @Override
        public void requestStarted(Object request) {
          asked.incrementAndGet();
          throw new IllegalStateException("own bug " + asked);
        }

        @Override
        public void broke(Throwable own) {
          observation.observer().broke(own);
        }
      };

  @BeforeEach
  void observe() {
    Set<Module> own = Set.of(Observation.class.getModule());
    ByteBuddyAgent.install()
        .redefineModule(
            Object.class.getModule(),
            Set.of(),
            Map.of(),
            Map.of("java.lang", own, "java.util", own),
            Set.of(),
            Map.of());
    observation =
        new Observation(
            new ApplicationClasses((name, why) -> {}), new Redactor(new Tokens(1, 2)), () -> "id");
  }

  @AfterEach
  void putBack() {
    Hook.install(Observer.NOTHING);
  }

  @Test
  void theProgramNeverSeesThemAndTheServerIsTold() {
    Hook.install(failing);

    Hook.requestStarted("a request");

    assertThat(asked).hasValue(1);
    assertThat(observation.dropped().totals()).containsEntry("failure of the agent itself", 1L);
    assertThat(observation.takeOwnFailure()).hasMessage("own bug 1");
    assertThat(observation.takeOwnFailure()).isNull();
  }

  @Test
  void afterAHundredTheAgentStopsObserving() {
    Hook.install(failing);

    for (int i = 0; i < 150; i++) {
      Hook.requestStarted("request " + i);
    }

    assertThat(asked).hasValue(100);
  }

  @Test
  void anObserverThatCannotEvenBeToldIsTakenOutAtOnce() {
    Hook.install(
        new Observer() {
          @Override
          public void requestStarted(Object request) {
            asked.incrementAndGet();
            throw new IllegalStateException("own bug");
          }

          @Override
          public void broke(Throwable own) {
            throw new IllegalStateException("and another");
          }
        });

    Hook.requestStarted("first");
    Hook.requestStarted("second");

    assertThat(asked).hasValue(1);
  }
}
