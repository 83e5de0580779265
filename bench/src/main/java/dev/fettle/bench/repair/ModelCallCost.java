package dev.fettle.bench.repair;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.FamilyCpu;
import dev.fettle.bench.host.Goal;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Fettle costs around one call of a model in a repair: gathering the context, wording the
 * question, reading the answer, the steps that read a patch, compiling it and running the visible
 * tests in the laboratory. The model answers at once and always the same.
 */
public final class ModelCallCost {
  private static final Goal CPU = new Goal("cpuMsPerCall", 300);
  private static final String BEFORE = "    return sum - coupon.length();";
  private static final String AFTER = "    return coupon == null ? sum : sum - coupon.length();";
  private static final int METHODS = 30;

  private final DataRun data;
  private final int calls;

  /**
   * @param calls measured, after as many that warm up
   */
  public ModelCallCost(DataRun data, int calls) {
    this.data = data;
    this.calls = calls;
  }

  /** Measures. CPU time is this process's and its children's. */
  public Map<String, Object> measure() {
    Item item = item();
    List<Double> wall = new ArrayList<>();
    ModelRun run = new ModelRun(data, new Prompt(item), LlmSettings.exchanging(Path.of("."), true));
    RepairCase failing =
        run.repairCase(item).orElseThrow(() -> BenchFailure.broken("the program does not fail"));
    double begun = 0;
    for (int i = 0; i < 2 * calls; i++) {
      if (i == calls) {
        begun = FamilyCpu.millis();
      }
      long began = System.nanoTime();
      if (run.ask(item, failing).found().size() != 1) {
        throw BenchFailure.broken("the patch that was to be measured was refused");
      }
      if (i >= calls) {
        wall.add((System.nanoTime() - began) / 1e6);
      }
    }
    double spent = FamilyCpu.millis() - begun;
    wall.sort(Double::compare);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", calls);
    CPU.put(json, spent / calls);
    json.put("medianWallMs", Math.round(10 * wall.get(wall.size() / 2)) / 10.0);
    json.put("worstWallMs", Math.round(10 * wall.get(wall.size() - 1)) / 10.0);
    return json;
  }

  /** A program of about 160 lines with one fault. */
  private static Item item() {
    StringBuilder source = new StringBuilder("class Solution {\n");
    source.append("  int total(int sum, String coupon) {\n").append(BEFORE).append("\n  }\n");
    for (int i = 0; i < METHODS; i++) {
      source.append("\n  int step").append(i).append("(int value, String label) {\n");
      source.append("    return label == null ? value : value + ").append(i).append(";\n  }\n");
    }
    source.append("}\n");
    List<TrialTest.MainOutput> visible = new ArrayList<>();
    String[][] cases = {{"9, null", "9"}, {"9, \"ab\"", "7"}, {"0, \"\"", "0"}, {"4, null", "4"}};
    for (String[] one : cases) {
      visible.add(
          new TrialTest.MainOutput(
              "total(" + one[0] + ")",
              "Main",
              "public class Main { public static void main(String[] a) { System.out.println(new"
                  + " Solution().total("
                  + one[0]
                  + ")); } }",
              one[1] + "\n"));
    }
    return new Item(
        "cost", "raise", source.toString(), visible, List.of(), 1, "cost", "", source.toString());
  }

  /** Answers at once. */
  private static final class Prompt implements LanguageModel {
    private final String answer;

    Prompt(Item item) {
      int line =
          (int) item.source().substring(0, item.source().indexOf(BEFORE)).lines().count() + 1;
      this.answer =
          JsonMapper.builder()
              .build()
              .writeValueAsString(
                  Map.of(
                      "rootCause",
                      "coupon is null",
                      "rationale",
                      "none is no rebate",
                      "callers",
                      "nothing",
                      "edits",
                      List.of(
                          Map.of("span", "A", "firstLine", line, "lastLine", line, "text", AFTER)),
                      "conditions",
                      List.of("coupon == null"),
                      "ingredients",
                      List.of("0")));
    }

    @Override
    public String name() {
      return "at-once";
    }

    @Override
    public Reply ask(Question question, Deadline deadline) {
      return new Reply.Answered(new Answer(answer, name(), 1, 1, false));
    }
  }
}
