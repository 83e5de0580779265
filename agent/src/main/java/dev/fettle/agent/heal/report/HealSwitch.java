package dev.fettle.agent.heal.report;

import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.options.HealMode;
import dev.fettle.agent.options.InTransaction;
import dev.fettle.wire.HealMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether healing is on, and where. Three hands are on it: the process's own options, the server's
 * rules, and a kill switch that needs no server: the property {@code fettle.heal.enabled=false} set
 * at run time, or a file {@code heal.off} in the state directory. Thread-safe; asking is a read.
 */
public final class HealSwitch {
  /** In the state directory: while it exists nothing is healed. */
  public static final String KILL_FILE = "heal.off";

  private static final String KILL_PROPERTY = "fettle.heal.enabled";
  private static final int PLACES = 20_000;

  /**
   * What the server says, with what was decided by it: who decides by old rules remembers it with
   * them. Decisions are by site and descriptor; their map is theirs alone and thread-safe.
   */
  private record Rules(
      HealMode ceiling,
      List<String> packages,
      Set<String> never,
      @Nullable InTransaction inTransaction,
      Set<String> off,
      Map<String, Map<String, HealMode>> decided) {
    static Rules none() {
      return new Rules(
          HealMode.FULL, List.of(), Set.of(), null, Set.of(), new ConcurrentHashMap<>());
    }
  }

  private final BiFunction<String, SiteFacts, HealMode> own;
  private final Path killFile;
  private volatile Rules rules = Rules.none();
  private volatile boolean killed;

  /**
   * @param own what options and annotations of this process say of a class and a place in it
   * @param state the agent's state directory
   */
  public HealSwitch(BiFunction<String, SiteFacts, HealMode> own, Path state) {
    this.own = own;
    this.killFile = state.resolve(KILL_FILE);
    look();
  }

  /** How far healing may go at a place now. */
  public HealMode mode(SiteFacts site) {
    if (killed) {
      return HealMode.OBSERVE;
    }
    Rules now = rules;
    Map<String, HealMode> here = now.decided.get(site.id());
    HealMode mode = here == null ? null : here.get(site.method().desc);
    if (mode == null) {
      mode = decide(site, now);
      if (here != null || now.decided.size() < PLACES) {
        now.decided
            .computeIfAbsent(site.id(), id -> new ConcurrentHashMap<>())
            .put(site.method().desc, mode);
      }
    }
    return mode;
  }

  /** Whether anything may be healed at a place now. */
  public boolean allows(SiteFacts site) {
    return mode(site).allows(HealMode.TYPED);
  }

  private HealMode decide(SiteFacts site, Rules now) {
    String method = site.className() + "." + site.method().name;
    boolean covered =
        !now.off.contains(site.id())
            && now.never.stream().noneMatch(n -> isIn(method, n))
            && (now.packages.isEmpty() || now.packages.stream().anyMatch(p -> isIn(method, p)));
    HealMode mode = own.apply(site.className(), site);
    return covered ? mode.min(now.ceiling) : mode.min(HealMode.OBSERVE);
  }

  private static boolean isIn(String name, String part) {
    return name.equals(part)
        || (name.startsWith(part)
            && (name.charAt(part.length()) == '.' || name.charAt(part.length()) == '$'));
  }

  /** The server's rules from now on. A mode that this agent does not know allows nothing. */
  public void obey(HealMessage.HealRules told) {
    rules =
        new Rules(
            HealMode.of(told.mode()).orElse(HealMode.OBSERVE),
            told.packages(),
            Set.copyOf(told.never()),
            InTransaction.of(told.inTransaction()).orElse(InTransaction.REFUSE),
            Set.copyOf(told.disabled()),
            new ConcurrentHashMap<>());
  }

  /** What the server says of heals inside a transaction; null while it says nothing. */
  public @Nullable InTransaction inTransaction() {
    return rules.inTransaction;
  }

  /** Looks at the kill switch; called by a thread of the agent every few seconds. */
  public void look() {
    killed =
        "false".equalsIgnoreCase(System.getProperty(KILL_PROPERTY, "true"))
            || Files.exists(killFile);
  }
}
