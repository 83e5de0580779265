package dev.fettle.server;

import dev.fettle.checkout.GitRevisions;
import dev.fettle.contract.model.Admission;
import dev.fettle.engine.monitor.Limits;
import dev.fettle.engine.monitor.Monitor;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.server.pages.LiveEvents;
import dev.fettle.store.SqlStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A server without its web: repairs what its store holds, in a process that can be killed. */
final class RepairingServer {
  private RepairingServer() {}

  /**
   * @param arguments data directory, repository; a fresh data directory gets the incident
   */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path repository = Path.of(arguments[1]);
    Clock clock = Clock.systemUTC();
    boolean fresh = !Files.exists(data.resolve("fettle.db"));
    SqlStore store = SqlStore.open(data.resolve("fettle.db"), clock);
    ServerSettings settings =
        new ServerSettings(data, repository, "startup", null, "key", null, null, null, null, null);
    RepairShop shop =
        new RepairShop(
            settings,
            new GitRevisions(repository, data.resolve("trees")),
            store,
            new AgentEndpoint(clock),
            Policies.ceiling("startup"),
            new LiveEvents(),
            LanguageModels.open(settings, store, clock),
            clock);
    if (fresh) {
      Admission admission =
          new Monitor(store, store, Limits.defaults(), clock, System::nanoTime)
              .admit(
                  Failures.nullPointer(
                      "e-1",
                      "length",
                      "Cannot invoke \"String.length()\" because \"name\" is null"));
      if (!(admission instanceof Admission.Opened)) {
        throw new IllegalStateException(admission.toString());
      }
    }
    shop.open();
    Thread.currentThread().join();
  }
}
