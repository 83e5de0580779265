package dev.fettle.agent.heal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.observe.ThreadName;
import dev.fettle.boot.Observer;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final OneSite SITE = OneSite.price();

  private long millis = 1_000_000;
  private final List<String> learned = new ArrayList<>();
  private final List<Message> sent = new ArrayList<>();
  private final Outcomes outcomes =
      new Outcomes(
          Observer.NOTHING,
          new Chooser() {
            @Override
            public @Nullable Treatment choose(Failure failure) {
              return null;
            }

            @Override
            public void outcome(SiteFacts site, String treatment, boolean good, String why) {
              learned.add(treatment + " " + good + " " + why);
            }
          },
          sent::add,
          () -> TimeUnit.MILLISECONDS.toNanos(millis),
          () -> millis);

  @Test
  void aRequestThatHealsNothingCostsNoObject() {
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Object request = new Object();
    request(request);
    long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < 10_000; i++) {
      request(request);
    }
    assertThat(memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
        .isLessThan(10_000);
  }

  @Test
  void aMethodThatComputesOnForeverSpeaksAgainstItsHeal() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread healed =
        new Thread(
            () -> {
              follow();
              OneSite.Program.price(stop);
            });
    healed.start();
    while (!OneSite.Program.class.getName().equals(innermost(healed))
        && !"java.util.concurrent.atomic.AtomicBoolean".equals(innermost(healed))) {
      Thread.onSpinWait();
    }
    outcomes.settle();
    assertThat(learned).isEmpty();
    pass(31_000);
    outcomes.settle();
    outcomes.settle();
    assertThat(learned).isEmpty();
    outcomes.settle();
    stop.set(true);
    healed.join();
    assertThat(learned).containsExactly("skip false its method did not come to an end");
  }

  @Test
  void aThreadThatWaitsElsewhereSaysNothing() {
    follow();
    pass(31_000);
    for (int i = 0; i < 5; i++) {
      outcomes.settle();
    }
    assertThat(learned).isEmpty();
  }

  private static String innermost(Thread thread) {
    StackTraceElement[] frames = thread.getStackTrace();
    return frames.length == 0 ? "" : frames[0].getClassName();
  }

  private void request(Object request) {
    outcomes.requestStarted(request);
    outcomes.requestEnded(request, request, null);
  }

  @Test
  void aFailureThatFollowsInTheThreadSpeaksAgainstAHeal() {
    follow();
    pass(50);
    outcomes.failed(failure("java.lang.NullPointerException", thread()));
    assertThat(learned).containsExactly("skip false followed by java.lang.NullPointerException");
    assertThat(sent)
        .containsExactly(
            new HealMessage.HealOutcome(
                "h-1", false, "followed by java.lang.NullPointerException", millis));
  }

  @Test
  void aFailureOfAnotherThreadDoesNot() {
    follow();
    pass(50);
    outcomes.failed(failure("java.lang.NullPointerException", "another"));
    assertThat(learned).isEmpty();
  }

  @Test
  void threadsWithoutANameAreToldApart() throws InterruptedException {
    Thread healed = new Thread(null, this::follow, "");
    healed.start();
    healed.join();
    pass(50);
    List<String> other = new ArrayList<>();
    Thread failing = new Thread(null, () -> other.add(ThreadName.current()), "");
    failing.start();
    failing.join();
    outcomes.failed(failure("java.lang.NullPointerException", other.get(0)));
    assertThat(learned).isEmpty();
    outcomes.failed(failure("java.lang.NullPointerException", "#" + healed.getId()));
    assertThat(learned).hasSize(1);
  }

  @Test
  void aHealThatEndsInManyThreadsIsToldOnce() throws InterruptedException {
    List<Message> told = Collections.synchronizedList(new ArrayList<>());
    Outcomes many =
        new Outcomes(Observer.NOTHING, Chooser.NOTHING, told::add, () -> 1, () -> millis);
    for (int round = 0; round < 200; round++) {
      many.follow("h-" + round, SITE, "skip", "java.lang.NumberFormatException");
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> ending = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  many.complained(SITE.id());
                });
        thread.start();
        ending.add(thread);
      }
      go.countDown();
      for (Thread thread : ending) {
        thread.join();
      }
    }
    assertThat(told).hasSize(200);
  }

  @Test
  void aHealThatNothingSpeaksAgainstForTenMinutesIsGood() {
    follow();
    pass(TimeUnit.MINUTES.toMillis(10) - 1);
    outcomes.settle();
    assertThat(learned).isEmpty();
    pass(1);
    outcomes.settle();
    assertThat(learned).containsExactly("skip true nothing spoke against it");
  }

  @Test
  void aRequestThatTakesLongerIsWaitedFor() {
    Object request = new Object();
    outcomes.requestStarted(request);
    follow();
    pass(TimeUnit.MINUTES.toMillis(11));
    outcomes.settle();
    assertThat(learned).isEmpty();
    outcomes.requestEnded(request, new Object(), null);
    outcomes.settle();
    assertThat(learned).containsExactly("skip true nothing spoke against it");
  }

  @Test
  void whatFailsInTheNextRequestOfTheThreadIsNotTheHealsFault() {
    Object request = new Object();
    outcomes.requestStarted(request);
    follow();
    pass(10);
    outcomes.requestEnded(request, new Object(), null);
    pass(1_000);
    outcomes.failed(failure("java.lang.NullPointerException", thread()));
    assertThat(learned).isEmpty();
  }

  @Test
  void peopleWhoSwitchASiteOffComplain() {
    follow();
    outcomes.complained(SITE.id());
    assertThat(learned).containsExactly("skip false switched off by people");
  }

  @Test
  void aThousandHealsAreFollowedAndNoMore() {
    for (int i = 0; i < 2 * Outcomes.FOLLOWED; i++) {
      follow();
    }
    outcomes.complained(SITE.id());
    assertThat(learned).hasSize(Outcomes.FOLLOWED);
  }

  private void follow() {
    outcomes.follow("h-1", SITE, "skip", "java.lang.NumberFormatException");
  }

  private void pass(long passed) {
    millis += passed;
  }

  private static String thread() {
    return Thread.currentThread().getName();
  }

  private Message.Occurrence failure(String type, String thread) {
    return new Message.Occurrence(
        "o-1",
        Message.Occurrence.Kind.THROWN,
        millis,
        thread,
        new Thrown(type, null, List.of(), null),
        null,
        "why",
        1);
  }
}
