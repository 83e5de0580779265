package dev.fettle.sandbox;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.lab.protocol.Message;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Without the parts of candidates that are no longer open, and what only those share. */
  static List<Message.PartedFile> files(CandidateBatch batch, Set<Integer> open) {
    Set<Integer> shared = new HashSet<>();
    for (CandidateBatch.PartedFile file : batch.files()) {
      file.parts().stream()
          .filter(p -> open.contains(p.owner()))
          .forEach(p -> shared.add(p.within()));
    }
    return batch.files().stream()
        .map(
            file ->
                new Message.PartedFile(
                    file.path(),
                    file.parts().stream()
                        .filter(p -> wanted(p, open, shared))
                        .map(p -> new Message.Part(p.owner(), p.within(), p.text()))
                        .toList()))
        .toList();
  }

  private static boolean wanted(CandidateBatch.Part part, Set<Integer> open, Set<Integer> shared) {
    if (part.owner() < 0 || open.contains(part.owner())) {
      return true;
    }
    return part.owner() >= CandidateBatch.Part.SHARED
        && (shared.contains(part.owner()) || open.contains(part.within()));
  }

  static List<ProbedPlace> places(Message.Explored explored) {
    return explored.places().stream()
        .map(
            p ->
                new ProbedPlace(
                    p.candidate(),
                    p.repaired(),
                    p.samples().stream().map(CandidateMessages::sample).toList()))
        .toList();
  }

  private static ProbedPlace.Sample sample(Message.ProbeSample sample) {
    Map<Integer, Long> values = new HashMap<>();
    BitSet known = BitSet.valueOf(sample.known());
    ByteBuffer all = ByteBuffer.wrap(sample.values());
    for (int c = known.nextSetBit(0); c >= 0 && all.remaining() >= 8; c = known.nextSetBit(c + 1)) {
      values.put(c, all.getLong());
    }
    return new ProbedPlace.Sample(
        sample.test(), sample.way(), answer(sample.asked()), answer(sample.used()), values);
  }

  private static Optional<Boolean> answer(int number) {
    return number < 0 ? Optional.empty() : Optional.of(number == 1);
  }

  static void collect(Message event, Map<Integer, CandidateVerdict> verdicts) {
    if (event instanceof Message.Verdicts told) {
      for (Message.TrialVerdict verdict : told.verdicts()) {
        verdicts.put(
            verdict.candidate(),
            new CandidateVerdict(
                verdict.candidate(),
                end(CandidateVerdict.End.class, verdict.end(), CandidateVerdict.End.FAILED),
                verdict.passed(),
                verdict.threw()));
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
