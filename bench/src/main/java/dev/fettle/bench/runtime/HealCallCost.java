package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.FamilyCpu;
import dev.fettle.bench.host.Goal;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Variable;
import dev.fettle.llm.heal.ModelHealer;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Fettle costs around one call of a model about a failing statement: the statement found in
 * its source, the question worded, the answer read, the snippet classified, compiled in a confined
 * child and vetted. The model answers at once and always the same; no verdict is remembered. The
 * first call starts the compiler and is told of for itself.
 */
public final class HealCallCost {
  private static final String SOURCE =
      """
      class Solution {
        int total(String[] items) {
          int sum = 0;
          for (String item : items) {
            int price = Integer.parseInt(item);
            sum += price;
          }
          return sum;
        }
      }
      class Main {
        public static void main(String[] a) {
          System.out.println(new Solution().total(new String[] {"3", "4 eggs"}));
        }
      }
      """;
  private static final Goal CPU = new Goal("cpuMsPerCall", 300);
  private static final int LINE = 5;
  private static final String ANSWER =
      "{\"rootCause\":\"a unit\",\"proposals\":[{\"kind\":\"snippet\",\"remedy\":\"\",\"code\":"
          + "\"price = Integer.parseInt(item.split(\\\" \\\")[0]);\",\"then\":\"next\","
          + "\"rationale\":\"the number comes first\"}]}";

  private final Path folder;
  private final int calls;

  /**
   * @param folder an empty one
   * @param calls measured, after as many that warm up
   */
  public HealCallCost(Path folder, int calls) {
    this.folder = folder;
    this.calls = calls;
  }

  /** Measures. CPU time is this process's and its children's. */
  public Map<String, Object> measure() {
    try (ProgramCompiler compiler = new ProgramCompiler(folder.resolve("classes"));
        SnippetForge forge = new SnippetForge(folder)) {
      Path classes = compiler.compile(SOURCE, "the program");
      List<Double> wall = new ArrayList<>();
      double cold = FamilyCpu.millis();
      long first = System.nanoTime();
      call(forge, classes);
      double coldWall = (System.nanoTime() - first) / 1e6;
      double coldCpu = FamilyCpu.millis() - cold;
      double begun = 0;
      for (int i = 0; i < 2 * calls; i++) {
        if (i == calls) {
          begun = FamilyCpu.millis();
        }
        long began = System.nanoTime();
        call(forge, classes);
        if (i >= calls) {
          wall.add((System.nanoTime() - began) / 1e6);
        }
      }
      double spent = FamilyCpu.millis() - begun;
      wall.sort(Double::compare);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("calls", calls);
      CPU.put(json, spent / calls);
      json.put("firstCpuMs", Math.round(coldCpu));
      json.put("firstWallMs", Math.round(coldWall));
      json.put("medianWallMs", Math.round(10 * wall.get(wall.size() / 2)) / 10.0);
      json.put("worstWallMs", Math.round(10 * wall.get(wall.size() - 1)) / 10.0);
      return json;
    } catch (IOException e) {
      throw BenchFailure.broken("cannot use " + folder + ": " + e.getMessage());
    }
  }

  private static void call(SnippetForge forge, Path classes) {
    CapturedFrame frame =
        new CapturedFrame(
            "Solution",
            "total",
            "([Ljava/lang/String;)I",
            "Main.java",
            LINE,
            true,
            null,
            List.of(
                new Variable("sum", "I", false, new CapturedValue.Scalar("int", "3")),
                new Variable(
                    "item",
                    "Ljava/lang/String;",
                    false,
                    new CapturedValue.Text("java.lang.String", "4 eggs", 6))));
    CapturedException thrown =
        new CapturedException(
            "java.lang.NumberFormatException", "For input string", List.of(frame), null);
    SnippetForge.Place place = forge.new Place(SOURCE, classes, thrown, frame, HealMode.CONTAINED);
    ModelHealer healer =
        new ModelHealer(
            new AtOnce(),
            LlmSettings.exchanging(Path.of("."), true),
            place,
            ModelHealer.Mode.SYNCHRONOUS,
            Runnable::run,
            System::nanoTime);
    HealRequest request =
        new HealRequest(
            ModelHealing.incident("cost", thrown),
            null,
            place.statement().orElseThrow().statement(),
            SOURCE,
            frame.locals(),
            Set.of("skip-statement"),
            HealMode.CONTAINED,
            HealBehavior.defaults());
    if (healer.proposals(request).size() != 1) {
      throw BenchFailure.broken("the snippet that was to be measured was refused");
    }
  }

  /** Answers at once. */
  private static final class AtOnce implements LanguageModel {
    @Override
    public String name() {
      return "at-once";
    }

    @Override
    public Reply ask(Question question, Deadline deadline) {
      return new Reply.Answered(new Answer(ANSWER, name(), 1, 1, false));
    }
  }
}
