package dev.fettle.sandbox;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.lab.protocol.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Between the contract's words and the protocol's. */
final class CandidateMessages {
  private CandidateMessages() {}

  static Message.TrialSpec spec(TrialTest test) {
    if (test instanceof TrialTest.MainOutput main) {
      return new Message.TrialSpec(
          "main", main.className(), "", main.source(), main.expectedOutput());
    }
    TrialTest.TestMethod method = (TrialTest.TestMethod) test;
    return new Message.TrialSpec("method", method.className(), method.method(), "", "");
  }

  static TrialBaseline baseline(Message.Prepared prepared) {
    return new TrialBaseline(prepared.ends().stream().map(CandidateMessages::run).toList());
  }

  private static TrialBaseline.Run run(Message.TrialEnd end) {
    Map<String, Set<Integer>> lines = new HashMap<>();
    end.lines().forEach(l -> lines.put(l.path(), new TreeSet<>(l.lines())));
    return new TrialBaseline.Run(
        end(TrialBaseline.End.class, end.status(), TrialBaseline.End.FAILED),
        end.steps(),
        lines,
        end.failure().map(TestJob::captured),
        end.output());
  }

  /** Only the parts of the candidates that are still open. */
  static List<Message.PartedFile> files(CandidateBatch batch, Set<Integer> open) {
    return batch.files().stream()
        .map(
            file ->
                new Message.PartedFile(
                    file.path(),
                    file.parts().stream()
                        .filter(p -> p.owner() < 0 || open.contains(p.owner()))
                        .map(p -> new Message.Part(p.owner(), p.text()))
                        .toList()))
        .toList();
  }

  static void collect(Message event, Map<Integer, CandidateVerdict> verdicts) {
    if (event instanceof Message.Verdicts told) {
      for (Message.TrialVerdict verdict : told.verdicts()) {
        verdicts.put(
            verdict.candidate(),
            new CandidateVerdict(
                verdict.candidate(),
                end(CandidateVerdict.End.class, verdict.end(), CandidateVerdict.End.FAILED),
                verdict.passed()));
      }
    }
  }

  /** What the child says is not trusted to be a name of ours. */
  private static <E extends Enum<E>> E end(Class<E> type, String name, E otherwise) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    return otherwise;
  }
}
