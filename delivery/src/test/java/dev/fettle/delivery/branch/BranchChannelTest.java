package dev.fettle.delivery.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.DeliveryResult.Delivered;
import dev.fettle.contract.model.DeliveryResult.Undelivered;
import dev.fettle.contract.model.DeliveryResult.Withheld;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.delivery.Git;
import dev.fettle.delivery.Repairs;
import dev.fettle.delivery.change.ChangeSet;
import dev.fettle.delivery.change.UnifiedDiff;
import dev.fettle.testkit.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchChannelTest {
  private static final String CART =
      "package shop;\n\nclass Cart {\n  int total() {\n    return price().value();\n  }\n}\n";
  private static final String FIXED =
      "package shop;\n\nclass Cart {\n  int total() {\n    return 0;\n  }\n}\n";
  private static final String PATH = "src/main/java/shop/Cart.java";
  private static final String TEST = "src/test/java/shop/CartFettleTest.java";
  private static final String TEST_TEXT = "class CartFettleTest {}\n";
  private static final String BRANCH = "fettle/3f9a1c0b2d4e";

  @TempDir Path temp;
  private Git git;
  private String head;

  @BeforeEach
  void repository() {
    git = Git.init(temp.resolve("repo"));
    head = git.write(PATH, CART).write("README", "shop\n").commit("start");
  }

  @Test
  void commitsPatchAndTestOnTopOfTheFailingRevision() {
    assertThat(branch(deliver(repair()))).isEqualTo(BRANCH);

    assertThat(git.run("rev-parse", BRANCH + "~1").strip()).isEqualTo(head);
    assertThat(git.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
    assertThat(git.run("show", BRANCH + ":" + TEST)).isEqualTo(TEST_TEXT);
    assertThat(git.run("diff", "--stat", "--name-only", "main", BRANCH).lines())
        .containsExactly(PATH, TEST);
    assertThat(
            git.run("fsck", "--strict", "--no-dangling").lines().filter(l -> l.contains("error")))
        .isEmpty();
    assertThat(git.run("log", "-1", "--format=%an <%ae> %cn <%ce>", BRANCH).strip())
        .isEqualTo("Fettle <fettle@localhost> Fettle <fettle@localhost>");
  }

  @Test
  void gitShowsTheSameDiffAsTheOneInThePatchFile() {
    Plausible repair = repair();
    deliver(repair);

    ChangeSet.Assembly.Assembled changes =
        (ChangeSet.Assembly.Assembled) ChangeSet.of(repair, tree(head));

    String theirs = git.run("diff", "--full-index", "main", BRANCH);
    assertThat(UnifiedDiff.of(changes.changes().files()))
        .isEqualTo(
            theirs
                .replaceAll("(?m)^(index .*) 100644$", "$1")
                .replaceAll("(?m)^(@@.*@@) .*$", "$1"));
  }

  @Test
  void leavesWorkTreeIndexAndHeadAlone() throws IOException {
    git.write("staged.txt", "s").run("add", "staged.txt");
    git.write("README", "changed\n").write("untracked.txt", "u");
    byte[] index = Files.readAllBytes(git.directory().resolve(".git/index"));
    String status = git.run("status", "--porcelain");

    deliver(repair());

    assertThat(Files.readAllBytes(git.directory().resolve(".git/index"))).isEqualTo(index);
    assertThat(git.run("status", "--porcelain")).isEqualTo(status);
    assertThat(git.run("symbolic-ref", "HEAD").strip()).isEqualTo("refs/heads/main");
    assertThat(git.run("rev-parse", "HEAD").strip()).isEqualTo(head);
  }

  @Test
  void deliveringTwiceLeavesOneBranchAndTheSameCommit() {
    Delivered first = (Delivered) deliver(repair());
    String commit = git.run("rev-parse", BRANCH);

    Delivered second =
        (Delivered)
            channel(Clock.offset(clock(), Duration.ofHours(1)))
                .deliver(repair(), Repairs.repairCase(tree(head), repair()));

    assertThat(second.delivery().id()).isEqualTo(first.delivery().id());
    assertThat(git.run("rev-parse", BRANCH)).isEqualTo(commit);
    assertThat(git.run("for-each-ref", "--format=%(refname)", "refs/heads").lines())
        .containsExactly("refs/heads/" + BRANCH, "refs/heads/main");
  }

  @Test
  void findsItsBranchUnderAnOlderHashOfTheIncident() {
    deliver(repair());
    git.run("branch", "-m", BRANCH, "fettle/abababababab");

    assertThat(branch(deliver(repair()))).isEqualTo("fettle/abababababab");
  }

  @Test
  void leavesSomeoneElsesBranchOfThatNameAlone() {
    git.run("branch", BRANCH);

    assertThat(reason(deliver(repair()))).contains("not Fettle's");

    assertThat(git.run("rev-parse", BRANCH).strip()).isEqualTo(head);
  }

  @Test
  void saysWhenABranchIsInTheWayOfTheName() {
    git.run("branch", "fettle");

    assertThat(reason(deliver(repair()))).contains("in the way");
  }

  @Test
  void keepsTheBranchThatHoldsTheRepairOfAnotherRevision() {
    deliver(repair());
    String commit = git.run("rev-parse", BRANCH);
    String later = git.write("README", "later\n").commit("later");

    DeliveryResult second = channel().deliver(repair(), Repairs.repairCase(tree(later), repair()));

    assertThat(reason(second)).contains("another revision");
    assertThat(git.run("rev-parse", BRANCH)).isEqualTo(commit);
  }

  @Test
  void aDirtyWorkTreeBranchesFromHeadWithTheRepairAlone() {
    String dirty = "// a note of mine\n" + CART;
    git.write(PATH, dirty);
    Plausible repair =
        Repairs.plausible(
            Repairs.edit(PATH, dirty, "price().value()", "0"), Repairs.test(TEST, TEST_TEXT));

    DeliveryResult result =
        channel().deliver(repair, Repairs.repairCase(tree("f".repeat(40)), repair));

    assertThat(branch(result)).isEqualTo(BRANCH);
    assertThat(git.run("rev-parse", BRANCH + "~1").strip()).isEqualTo(head);
    assertThat(git.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
    assertThat(git.run("log", "-1", "--format=%B", BRANCH)).contains("uncommitted changes");
    assertThat(git.read(PATH)).isEqualTo(dirty);
  }

  @Test
  void aSnapshotCommitNeverBecomesHistory() {
    git.write(PATH, CART + "// more\n").run("add", "-A");
    String snapshotTree = git.run("write-tree").strip();
    String snapshot = git.run("commit-tree", snapshotTree, "-p", head, "-m", "snapshot").strip();

    DeliveryResult result =
        channel().deliver(repair(), Repairs.repairCase(tree(snapshot), repair()));

    assertThat(branch(result)).isEqualTo(BRANCH);
    assertThat(git.run("rev-list", BRANCH)).doesNotContain(snapshot);
    assertThat(git.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
  }

  @Test
  void refusesWhenUncommittedChangesStandWhereThePatchDoes() {
    String dirty = CART.replace("price().value()", "2 * price().value()");
    git.write(PATH, dirty);
    Plausible repair =
        Repairs.plausible(
            Repairs.edit(PATH, dirty, "2 * price().value()", "0"), Optional.empty(), "guards");

    DeliveryResult result =
        channel().deliver(repair, Repairs.repairCase(tree("f".repeat(40)), repair));

    assertThat(reason(result)).contains("uncommitted changes where the patch is");
    assertThat(git.run("branch", "--list", "fettle/*")).isEmpty();
  }

  @Test
  void takesTheLineEndsOfTheCommitWhenTheWorkTreeHasOthers() {
    String crlf = CART.replace("\n", "\r\n");
    Plausible repair =
        Repairs.plausible(
            Repairs.edit(PATH, crlf, "price().value()", "0"), Optional.empty(), "guards");
    git.write(PATH, crlf);

    channel().deliver(repair, Repairs.repairCase(tree(head), repair));

    assertThat(git.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
  }

  @Test
  void keepsTheExecutableBit() {
    git.run("update-index", "--chmod=+x", PATH);
    git.run("commit", "-q", "-m", "executable");
    head = git.run("rev-parse", "HEAD").strip();

    deliver(repair());

    assertThat(git.run("ls-tree", BRANCH, PATH)).startsWith("100755 blob");
  }

  @Test
  void refusesALinkInTheCommit() {
    String link = git.write("target", CART).run("hash-object", "-w", "target").strip();
    git.run("update-index", "--cacheinfo", "120000," + link + "," + PATH);
    git.run("commit", "-q", "-m", "link");
    head = git.run("rev-parse", "HEAD").strip();

    assertThat(reason(deliver(repair()))).contains("link");
  }

  @Test
  void refusesATestBelowADirectoryThatIsALinkInTheCommit() {
    git.write("src/test/java/shop", "somewhere");
    String link = git.run("hash-object", "-w", "src/test/java/shop").strip();
    git.run("update-index", "--add", "--cacheinfo", "120000," + link + ",src/test/java/shop");
    git.run("commit", "-q", "-m", "link");
    head = git.run("rev-parse", "HEAD").strip();
    git.run("rm", "-q", "--cached", "src/test/java/shop");
    git.directory().resolve("src/test/java/shop").toFile().delete();

    assertThat(reason(deliver(repair()))).contains("not a directory");
  }

  @Test
  void refusesABuildFile() {
    git.write("pom.xml", CART).commit("pom");
    Plausible repair =
        Repairs.plausible(
            Repairs.edit("pom.xml", CART, "price().value()", "0"), Optional.empty(), "guards");

    assertThat(channel().deliver(repair, Repairs.repairCase(tree(head), repair)))
        .isInstanceOf(Withheld.class);
  }

  @Test
  void refusesAFileThatIsNotUtf8() throws IOException {
    Files.write(
        git.directory().resolve(PATH), CART.replace("shop", "sch\u00f6n").getBytes("ISO-8859-1"));
    head = git.commit("latin");
    Files.writeString(git.directory().resolve(PATH), CART);

    assertThat(reason(deliver(repair()))).contains("not UTF-8");
  }

  @Test
  void worksWithPackedReferencesAndPackedObjects() {
    git.run("pack-refs", "--all");
    git.run("gc", "-q");

    assertThat(branch(deliver(repair()))).isEqualTo(BRANCH);
    git.run("pack-refs", "--all");
    assertThat(branch(deliver(repair()))).isEqualTo(BRANCH);
    assertThat(git.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
  }

  @Test
  void worksFromALinkedWorkTree() {
    git.run("worktree", "add", "-q", "-b", "feature", temp.resolve("linked").toString());
    Git linked = new Git(temp.resolve("linked"));
    Plausible repair = repair();
    BranchChannel channel = new BranchChannel(linked.directory(), Identity.FETTLE, clock());

    DeliveryResult result =
        channel.deliver(
            repair, Repairs.repairCase(new DirectoryTree(linked.directory(), head), repair));

    assertThat(branch(result)).isEqualTo(BRANCH);
    assertThat(git.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
    assertThat(linked.run("status", "--porcelain")).isEmpty();
  }

  @Test
  void worksInABareRepository() {
    git.run(
        "clone", "-q", "--bare", git.directory().toString(), temp.resolve("bare.git").toString());
    Git bare = new Git(temp.resolve("bare.git"));

    DeliveryResult result =
        new BranchChannel(bare.directory(), Identity.FETTLE, clock())
            .deliver(repair(), Repairs.repairCase(tree(head), repair()));

    assertThat(branch(result)).isEqualTo(BRANCH);
    assertThat(bare.run("show", BRANCH + ":" + PATH)).isEqualTo(FIXED);
  }

  @Test
  void runsNoHookAndNoCommandOfTheRepository() throws IOException {
    Path trace = temp.resolve("trace");
    Path hook = git.directory().resolve(".git/hooks/reference-transaction");
    Files.writeString(hook, "#!/bin/sh\ntouch " + trace + "\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        git.directory().resolve(".git/config"),
        "[core]\n\tfsmonitor = touch " + trace + "\n[commit]\n\tgpgsign = true\n",
        java.nio.file.StandardOpenOption.APPEND);

    assertThat(branch(deliver(repair()))).isEqualTo(BRANCH);

    assertThat(trace).doesNotExist();
  }

  @Test
  void saysWhatWhyHowSureAndHowToUndo() {
    deliver(repair());

    String message = git.run("log", "-1", "--format=%B", BRANCH);

    assertThat(message.lines().toList())
        .startsWith("Fix NullPointerException in Cart.total", "", "Root cause:")
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(72))
        .contains("Confidence: 0.81 (uncalibrated: a rank, not a probability)")
        .contains("  - compiles, reproduction")
        .contains("  before a merge:  git branch -D " + BRANCH)
        .contains("Fettle-Incident: inc-3f9a1c0b2d");
  }

  @Test
  void textFromOutsideMentionsLinksClosesAndSkipsNothing() {
    String hostile =
        "for @octocat\nCo-authored-by: Eve <eve@example.org>\ncloses #12, fixes acme/shop#3, GH-7, !9"
            + " https://evil.example/x [skip ci] \u001b[31m\u202e\u0000 ``` <script>";
    Plausible repair =
        Repairs.plausible(
            Repairs.edit(PATH, CART, "price().value()", "0"), Optional.empty(), hostile);

    channel().deliver(repair, Repairs.repairCase(tree(head), repair, hostile));

    String message = git.run("log", "-1", "--format=%B", BRANCH);
    assertThat(message)
        .doesNotContainPattern("@\\w")
        .doesNotContainPattern("[#!]\\d")
        .doesNotContain("GH-7", "https://", "[skip ci]", "\u001b", "\u202e", "```");
    assertThat(git.run("log", "-1", "--format=%(trailers:only)", BRANCH))
        .doesNotContain("Eve")
        .contains("Fettle-Delivery: del-3f9a1c0b2d-branch");
  }

  @Test
  void keepsTheSubjectShort() {
    Plausible repair = repair();
    var repairCase = Repairs.repairCase(tree(head), repair);

    assertThat(new dev.fettle.delivery.change.Account(repair, repairCase).subject())
        .hasSizeLessThanOrEqualTo(72);
  }

  @Test
  void withdrawingDeletesTheBranchThatIsStillOurs() {
    Delivery delivery = ((Delivered) deliver(repair())).delivery();

    Withdrawal first = channel().withdraw(delivery, "refuted");
    assertThat(first).isInstanceOf(Withdrawal.Undone.class);
    assertThat(first.detail()).startsWith("deleted branch " + BRANCH);
    assertThat(git.run("branch", "--list", "fettle/*")).isEmpty();
    Withdrawal second = channel().withdraw(delivery, "refuted");
    assertThat(second).isInstanceOf(Withdrawal.Undone.class);
    assertThat(second.detail()).contains("gone already");
  }

  @Test
  void withdrawingLeavesABranchWithOtherCommitsAlone() {
    Delivery delivery = ((Delivered) deliver(repair())).delivery();
    git.run("checkout", "-q", BRANCH);
    git.write("README", "by hand\n").commit("by hand");
    git.run("checkout", "-q", "main");

    Withdrawal withdrawal = channel().withdraw(delivery, "refuted");
    assertThat(withdrawal).isInstanceOf(Withdrawal.Stands.class);
    assertThat(withdrawal.detail()).contains("commits on top");
    assertThat(git.run("branch", "--list", "fettle/*")).isNotEmpty();
  }

  @Test
  void withdrawingLeavesACheckedOutBranchAlone() {
    Delivery delivery = ((Delivered) deliver(repair())).delivery();
    git.run("worktree", "add", "-q", temp.resolve("linked").toString(), BRANCH);

    Withdrawal withdrawal = channel().withdraw(delivery, "refuted");
    assertThat(withdrawal).isInstanceOf(Withdrawal.Stands.class);
    assertThat(withdrawal.detail()).contains("checked out");
    assertThat(git.run("branch", "--list", "fettle/*")).isNotEmpty();
  }

  @Test
  void saysWhenThereIsNoRepository() {
    BranchChannel nowhere = new BranchChannel(temp.resolve("none"), Identity.FETTLE, clock());

    assertThat(reason(nowhere.deliver(repair(), Repairs.repairCase(tree(head), repair()))))
        .contains("not in a git repository");
  }

  private static Plausible repair() {
    return Repairs.plausible(
        Repairs.edit(PATH, CART, "price().value()", "0"), Repairs.test(TEST, TEST_TEXT));
  }

  private SourceTree tree(String revision) {
    return new DirectoryTree(git.directory(), revision);
  }

  private DeliveryResult deliver(Plausible plausible) {
    return channel().deliver(plausible, Repairs.repairCase(tree(head), plausible));
  }

  private BranchChannel channel() {
    return channel(clock());
  }

  private BranchChannel channel(Clock at) {
    return new BranchChannel(git.directory(), Identity.FETTLE, at);
  }

  private static Clock clock() {
    return Clock.fixed(Repairs.NOW, ZoneOffset.UTC);
  }

  private static String branch(DeliveryResult result) {
    assertThat(result).isInstanceOf(Delivered.class);
    return ((Delivered) result).delivery().reference();
  }

  private static String reason(DeliveryResult result) {
    assertThat(result).isInstanceOf(Undelivered.class);
    return ((Undelivered) result).reason();
  }
}
