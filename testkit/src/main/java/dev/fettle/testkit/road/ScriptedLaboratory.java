package dev.fettle.testkit.road;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.SourceTree;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Answers as it is told to, and counts. Thread-safe when its script is. */
public final class ScriptedLaboratory implements Laboratory {
  private final Function<LabJob, LabReport> script;
  private final Confirmation confirmation;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger confirmations = new AtomicInteger();

  public ScriptedLaboratory(Function<LabJob, LabReport> script, Confirmation confirmation) {
    this.script = script;
    this.confirmation = confirmation;
  }

  @Override
  public LabReport run(LabJob job) {
    runs.incrementAndGet();
    return script.apply(job);
  }

  @Override
  public void warm(ProjectModel project) {}

  @Override
  public Confirmation confirm(SourceTree tree, Patch patch, List<NewFile> added) {
    confirmations.incrementAndGet();
    return confirmation;
  }

  @Override
  public String confinement() {
    return "none: scripted";
  }

  /** Jobs so far. */
  public int runs() {
    return runs.get();
  }

  /** Confirmations so far. */
  public int confirmations() {
    return confirmations.get();
  }
}
