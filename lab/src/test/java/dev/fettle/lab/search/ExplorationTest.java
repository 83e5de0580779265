package dev.fettle.lab.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.lab.protocol.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ExplorationTest {
  private static final Message.Explore REQUEST =
      new Message.Explore(List.of(), List.of(1), List.of(0), List.of(1), 1000);

  /** Sums while the condition {@code i < 3} holds, as compiled probes ask it. */
  private static int sum(int n) {
    int sum = 0;
    for (int i = 0; i <= n; i++) {
      if (Probe.open()) {
        Probe.is(0, i);
        Probe.is(1, n > 4);
      }
      if (Probe.forced() ? Probe.answer() : Probe.asked(Probe.asking(), i < 3)) {
        sum += i;
      }
    }
    return sum;
  }

  @Test
  void findsAnswersThatMakeAFailingTestPass() {
    IntPredicate tests = test -> test == 0 ? sum(2) == 3 : sum(3) == 6;

    Message.ProbedPlace place = new Exploration(REQUEST, tests).place(1);

    assertThat(place.repaired()).containsExactly(1);
    List<Message.ProbeSample> repaired =
        place.samples().stream().filter(s -> s.test() == 1 && s.way() == 1).toList();
    assertThat(repaired).extracting(Message.ProbeSample::used).containsExactly(1, 1, 1, 1);
    assertThat(repaired).extracting(Message.ProbeSample::asked).containsExactly(1, 1, 1, -1);
    assertThat(ByteBuffer.wrap(repaired.get(3).values()).getLong()).isEqualTo(3);
    assertThat(place.samples()).filteredOn(s -> s.test() == 0).hasSize(3);
  }

  @Test
  void tellsNothingOfAPlaceWhereNoAnswersHelp() {
    Message.ProbedPlace place =
        new Exploration(REQUEST, test -> test == 0 || sum(3) == 50).place(1);

    assertThat(place.repaired()).isEmpty();
    assertThat(place.samples()).isEmpty();
  }

  @Test
  void aConditionMayAskOthersWhileItIsEvaluated() {
    Probe.begin(Probe.Schedule.NONE);
    Probe.open();
    Probe.forced();
    Object outer = Probe.asking();
    Probe.open();
    Probe.forced();
    Probe.asked(Probe.asking(), false);
    Probe.asked(outer, true);

    assertThat(Probe.taken()).extracting(Probe.Sample::asked).containsExactly(true, false);
  }
}
