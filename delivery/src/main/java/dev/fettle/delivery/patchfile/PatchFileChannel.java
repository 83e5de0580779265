package dev.fettle.delivery.patchfile;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.DeliveryResult.Delivered;
import dev.fettle.contract.model.DeliveryResult.Undelivered;
import dev.fettle.contract.model.DeliveryResult.Withheld;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.delivery.change.Account;
import dev.fettle.delivery.change.ChangeSet;
import dev.fettle.delivery.change.ChangeSet.Assembly;
import dev.fettle.delivery.change.Inert;
import dev.fettle.delivery.change.UnifiedDiff;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * Writes {@code <directory>/<incident>.patch}: an account in comment lines and a diff with the
 * reproduction test. A file is complete or absent, never half written. Thread-safe.
 */
public final class PatchFileChannel implements DeliveryChannel {
  private static final String NAME = "patchfile";

  private final Path directory;
  private final Clock clock;

  /**
   * @param directory created on the first delivery; the server gives {@code <data>/patches}
   */
  public PatchFileChannel(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DeliveryResult deliver(Plausible plausible, RepairCase repairCase) {
    Assembly assembly = ChangeSet.of(plausible, repairCase.tree());
    if (assembly instanceof Assembly.Forbidden forbidden) {
      return new Withheld(NAME, forbidden.rule());
    }
    if (assembly instanceof Assembly.Unfit unfit) {
      return new Undelivered(NAME, unfit.reason());
    }
    ChangeSet changes = ((Assembly.Assembled) assembly).changes();
    IncidentId incident = repairCase.incident().id();
    Path file = directory.resolve(incident + ".patch");
    try {
      write(file, text(plausible, repairCase, changes));
    } catch (IOException e) {
      return new Undelivered(NAME, "cannot write " + file + ": " + e);
    }
    return new Delivered(
        new Delivery(
            DeliveryId.of(incident, NAME), incident, NAME, file.toString(), clock.instant()));
  }

  @Override
  public Withdrawal withdraw(Delivery delivery, String reason) {
    Path file = directory.resolve(delivery.incident() + ".patch");
    try {
      return new Withdrawal.Undone(
          Files.deleteIfExists(file)
              ? "removed " + file
              : file + " was gone already; nothing to remove");
    } catch (IOException e) {
      return new Withdrawal.Stands("could not remove " + file + ": " + e);
    }
  }

  private static String text(Plausible plausible, RepairCase repairCase, ChangeSet changes) {
    Account account = new Account(plausible, repairCase);
    StringBuilder out = new StringBuilder();
    comment(out, account.subject());
    comment(out, "");
    comment(out, account.incidentLine());
    comment(out, "");
    account.body().forEach(line -> comment(out, line));
    comment(out, "");
    comment(out, "Made for revision " + Inert.line(repairCase.tree().revision(), 64));
    comment(out, "Apply in the root of the repository:  git apply " + fileName(repairCase));
    comment(out, "Take it back:                         git apply -R " + fileName(repairCase));
    out.append('\n').append(UnifiedDiff.of(changes.files()));
    return out.toString();
  }

  private static String fileName(RepairCase repairCase) {
    return repairCase.incident().id() + ".patch";
  }

  private static void comment(StringBuilder out, String line) {
    out.append(line.isEmpty() ? "#" : "# ").append(line).append('\n');
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(directory);
    Path half = Files.createTempFile(directory, ".half-", ".patch");
    try {
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
