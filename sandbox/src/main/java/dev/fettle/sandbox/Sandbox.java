package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.CandidateLaboratory;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.sandbox.build.BuildReader;
import dev.fettle.sandbox.build.Fetched;
import dev.fettle.sandbox.build.FolderLayout;
import dev.fettle.sandbox.build.Jdks;
import dev.fettle.sandbox.build.Maven;
import dev.fettle.sandbox.build.OwnBuild;
import dev.fettle.sandbox.build.ProjectBuild;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinements;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.sandbox.steps.BaseTests;
import dev.fettle.sandbox.steps.LabSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The room's front door: everything that runs a project's code, behind one confinement. */
public final class Sandbox implements AutoCloseable {
  private static final Duration BUILD = Duration.ofMinutes(15);

  private final Children children;
  private final BuildReader reader;
  private final WarmLaboratory laboratory;
  private final CandidateChildren candidates;

  private final OwnBuild ownBuild;

  private Sandbox(
      Children children,
      BuildReader reader,
      WarmLaboratory laboratory,
      OwnBuild ownBuild,
      CandidateChildren candidates) {
    this.children = children;
    this.reader = reader;
    this.laboratory = laboratory;
    this.ownBuild = ownBuild;
    this.candidates = candidates;
  }

  /**
   * Opens it over a data directory, which is created; each repository has its own cache of what its
   * builds fetch.
   *
   * @throws IOException when the directory cannot be written
   */
  public static Sandbox open(Path data, HostExecution host) throws IOException {
    return open(data, host, Fetched.APART);
  }

  /**
   * The same, saying who shares what builds fetch.
   *
   * @throws IOException when the directory cannot be written
   */
  public static Sandbox open(Path data, HostExecution host, Fetched fetched) throws IOException {
    return open(data, host, fetched, BUILD);
  }

  /**
   * The same for somebody whose time ends.
   *
   * @param build the longest that one run of a project's build may take
   * @throws IOException when the directory cannot be written
   */
  public static Sandbox open(Path data, HostExecution host, Fetched fetched, Duration build)
      throws IOException {
    Files.createDirectories(data);
    Path labJar = LabJar.locate(data);
    Children children = new Children(Confinements.strongest(host), BuildReader.libraries(data));
    Jdks jdks = Jdks.installed();
    Maven maven = new Maven(children, data, fetched);
    BuildReader reader = new BuildReader(data, children, maven, jdks, labJar, fetched, build);
    ProjectBuild confirming = new ProjectBuild(data, maven, jdks, build);
    OwnBuild ownBuild = new OwnBuild(data, maven, labJar);
    return new Sandbox(
        children,
        reader,
        new WarmLaboratory(children, labJar, confirming),
        ownBuild,
        new CandidateChildren(children, labJar));
  }

  public ProjectReader reader() {
    return reader;
  }

  /** Reads a tree without a build, whose folders the user names. */
  public ProjectReader.Reading readFolders(SourceTree tree, FolderLayout layout) {
    return reader.read(tree, layout);
  }

  /** Reads a tree whose main sources do not compile, as far as its build goes without them. */
  public ProjectReader.Reading readUncompiled(SourceTree tree) {
    return reader.readUncompiled(tree, Optional.empty());
  }

  /** The same, without a build. */
  public ProjectReader.Reading readUncompiled(SourceTree tree, FolderLayout layout) {
    return reader.readUncompiled(tree, Optional.of(layout));
  }

  /** What the build had to say of a project that was read. */
  public List<String> notes(ProjectModel project) {
    return BuildReader.notes(project);
  }

  public Laboratory laboratory() {
    return laboratory;
  }

  /** Judges the candidates of a search. */
  public CandidateLaboratory candidates() {
    return candidates;
  }

  /**
   * The same for a search whose time ends.
   *
   * @param left nanoseconds; asked whenever a child is
   */
  public CandidateLaboratory candidates(LongSupplier left) {
    return candidates.until(left);
  }

  /** What the projects' tests do without a patch. */
  public BaseTests baseTests() {
    return laboratory;
  }

  /** The tests as the project's own build runs them. */
  public OwnBuild ownBuild() {
    return ownBuild;
  }

  /** The projects' own tests, one by one. */
  public ProjectTests tests() {
    return new ProjectTests(laboratory.workers());
  }

  /** The steps that run code, cheapest first. */
  public List<ValidationStep> steps() {
    return LabSteps.all(laboratory, laboratory);
  }

  /** Ends all children. */
  @Override
  public void close() {
    laboratory.close();
    candidates.close();
    children.close();
  }
}
