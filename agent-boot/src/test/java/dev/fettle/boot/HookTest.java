package dev.fettle.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookTest {
  /** Fails wherever it is called. */
  private static class Failing implements Observer {
    final List<Throwable> own = new ArrayList<>();

    @Override
    public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
      throw new IllegalStateException("failed");
    }

    @Override
    public void requestStarted(Object request) {
      throw new NoClassDefFoundError("started");
    }

    @Override
    public void requestEnded(Object request, Object response, @Nullable Throwable thrown) {
      throw new StackOverflowError();
    }

    @Override
    public void reachedBoundary(Throwable thrown) {
      throw new IllegalArgumentException("boundary");
    }

    @Override
    public void logged(Object event) {
      throw new ClassCastException("logged");
    }

    @Override
    public void broke(Throwable failure) {
      own.add(failure);
    }
  }

  @AfterEach
  void remove() {
    Hook.install(Observer.NOTHING);
  }

  @Test
  void noFailureOfTheAgentReachesTheProgram() throws Throwable {
    Failing failing = new Failing();
    Hook.install(failing);

    Hook.requestStarted("request");
    Hook.requestEnded("request", "response", null);
    Hook.reachedBoundary(new RuntimeException());
    Hook.logged("event");
    handler().getTarget().invoke(new RuntimeException("the program's"), "value");

    // an exhausted stack or heap is not the agent's failure
    assertThat(failing.own)
        .extracting(Throwable::getMessage)
        .containsExactly("started", "boundary", "logged", "failed");
  }

  @Test
  void whatAnObserverLetsGoByItDoesNotHear() throws Throwable {
    List<Throwable> heard = new ArrayList<>();
    List<Integer> used = new ArrayList<>();
    Hook.install(
        new Observer() {
          @Override
          public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
            heard.add(thrown);
          }

          @Override
          public void told(Site site, Pass pass) {
            used.add(pass.used());
            pass.grant(heard.size() == 1 ? 2 : 0);
          }
        });
    CallSite handler = handler();
    List<Throwable> thrown = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      thrown.add(new RuntimeException("number " + i));
      handler.getTarget().invoke(thrown.get(i), "value");
    }
    assertThat(heard).containsExactly(thrown.get(0), thrown.get(3), thrown.get(4));
    assertThat(used).containsExactly(0, 2, 0);
  }

  @Test
  void anObserverThatCannotEvenSaySoIsRemoved() {
    List<Object> requests = new ArrayList<>();
    Hook.install(
        new Failing() {
          @Override
          public void requestStarted(Object request) {
            requests.add(request);
            super.requestStarted(request);
          }

          @Override
          public void broke(Throwable failure) {
            throw new IllegalStateException("again", failure);
          }
        });

    Hook.requestStarted("first");
    Hook.requestStarted("second");

    assertThat(requests).containsExactly("first");
  }

  private static CallSite handler() {
    return Hook.failure(
        MethodHandles.lookup(),
        "failed",
        MethodType.methodType(void.class, Throwable.class, String.class),
        "method",
        "(Ljava/lang/String;)V",
        "pname Ljava/lang/String;\n",
        0,
        1,
        2);
  }
}
