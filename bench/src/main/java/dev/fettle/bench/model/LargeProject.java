package dev.fettle.bench.model;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A generated code base: packages of ten classes of 200 lines, each of which uses classes of three
 * other packages. Written to a folder, so that reading costs what it costs.
 */
final class LargeProject implements SourceTree {
  private static final int LINES_EACH = 200;
  private static final int CLASSES = 10;
  private static final int FAILING_LINE = 14;

  private final Path root;
  private final List<String> paths = new ArrayList<>();
  private long lines;

  /** Writes at least so many lines of code below an empty folder. */
  LargeProject(Path root, long wanted) throws IOException {
    this.root = root;
    int packages = (int) Math.max(4, wanted / (LINES_EACH * CLASSES));
    for (int p = 0; p < packages; p++) {
      Path folder = Files.createDirectories(root.resolve("src/main/java/app/p" + p));
      for (int c = 0; c < CLASSES; c++) {
        String text = type(p, c, packages);
        Files.writeString(folder.resolve("Part" + p + "x" + c + ".java"), text);
        paths.add("src/main/java/app/p" + p + "/Part" + p + "x" + c + ".java");
        lines += text.lines().count();
      }
    }
    paths.sort(String::compareTo);
  }

  long lines() {
    return lines;
  }

  private static String type(int p, int c, int packages) {
    StringBuilder text = new StringBuilder();
    text.append("package app.p").append(p).append(";\n\nimport java.util.List;\n");
    for (int k = 1; k <= 3; k++) {
      int q = (p + k * 7) % packages;
      text.append("import app.p").append(q).append(".Part").append(q).append("x").append(c);
      text.append(";\n");
    }
    text.append("\n/** Part ").append(c).append(" of package ").append(p).append(". */\n");
    text.append("public class Part").append(p).append("x").append(c).append(" {\n");
    text.append("  private String coupon").append(p).append("; // may be null\n\n");
    text.append("  public long total(List<String> codes, String coupon) {\n");
    text.append("    long sum = codes.size();\n");
    text.append("    return sum - coupon.length();\n  }\n");
    int n = 0;
    while (text.chars().filter(ch -> ch == '\n').count() < LINES_EACH - 6) {
      text.append("\n  int step").append(n).append("(int value, String label) {\n");
      text.append("    if (label == null) {\n      return value;\n    }\n");
      text.append("    return value + label.length() * ").append(n++).append(";\n  }\n");
    }
    return text.append("}\n").toString();
  }

  /** A failure in the middle of it, with the path of callers that a service has. */
  RepairCase failure() {
    int p = paths.size() / CLASSES / 2;
    String type = "app.p" + p + ".Part" + p + "x0";
    String path = "src/main/java/app/p" + p + "/Part" + p + "x0.java";
    List<CapturedFrame> frames = new ArrayList<>();
    frames.add(
        new CapturedFrame(
            type, "total", "", "Part" + p + "x0.java", FAILING_LINE, true, null, List.of()));
    for (int k = 1; k <= 3; k++) {
      String caller = "app.p" + (p + k) + ".Part" + (p + k) + "x" + k;
      frames.add(new CapturedFrame(caller, "step" + k, "", null, 20, true, null, List.of()));
    }
    CapturedException thrown =
        new CapturedException(
            "java.lang.NullPointerException", "because \"coupon\" is null", frames, null);
    Instant at = Instant.EPOCH;
    Incident incident =
        new Incident(
            new IncidentId("inc-0123456789"),
            new Fingerprint(List.of("00"), "large"),
            "NullPointerException",
            at,
            at,
            1,
            new Signal(
                "large",
                Signal.Kind.ERROR,
                new Origin("large", "large-1", null, null, null, "bench"),
                TrustTier.AUTHENTICATED,
                at,
                "main",
                thrown,
                null,
                "nothing catches it",
                1));
    SourcePlace place = new SourcePlace(path, type, "total", "", FAILING_LINE, 0, 0);
    Diagnosis diagnosis =
        new Diagnosis(
            incident.id(),
            FaultClass.NULL_DEREFERENCE,
            new FailingExpression(place, "coupon.length()", "coupon", place),
            List.of(new Suspect(place, 1, Suspect.Role.FAILED, List.of("it threw"))),
            "coupon is null",
            List.of(),
            true,
            null);
    return new RepairCase(incident, diagnosis, this, model(), Optional.empty());
  }

  private ProjectModel model() {
    ProjectModel.Module module =
        new ProjectModel.Module(
            "large",
            "",
            List.of(root.resolve("src/main/java")),
            List.of(),
            root.resolve("classes"),
            root.resolve("test-classes"),
            List.of(),
            List.of(),
            List.of(),
            17,
            List.of(),
            ProjectModel.TestSettings.defaults());
    return new ProjectModel(
        root,
        ProjectModel.BuildTool.PLAIN,
        Path.of(System.getProperty("java.home")),
        List.of(module));
  }

  @Override
  public String revision() {
    return "1".repeat(40);
  }

  @Override
  public Path repository() {
    return root;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<String> paths() {
    return List.copyOf(paths);
  }

  @Override
  public Optional<String> text(String path) {
    Path file = root.resolve(path).normalize();
    try {
      return file.startsWith(root) && Files.isRegularFile(file)
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
