package dev.fettle.server.pages;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.spi.Knowledge;
import dev.fettle.engine.loop.Desk;
import dev.fettle.server.heal.HealDesk;
import dev.fettle.server.view.Excerpt;
import dev.fettle.server.view.IncidentDetail;
import dev.fettle.server.view.IncidentIndex;
import dev.fettle.server.view.IncidentReader;
import dev.fettle.server.view.IncidentSummary;
import dev.fettle.server.view.Reason;
import dev.fettle.server.view.ServerStatus;
import dev.fettle.server.view.Sparkline;
import dev.fettle.server.view.Trees;
import dev.fettle.server.view.ValueText;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of incidents, one incident, and the decisions about it. */
@Controller
class IncidentPages {
  private static final int PAGE = 50;
  private static final int LAST_PAGE = 10_000_000;

  /** So many of the innermost frames of the application are shown open. */
  private static final int OPEN = 4;

  private final IncidentIndex index;
  private final IncidentReader reader;
  private final Knowledge knowledge;
  private final Trees trees;
  private final Optional<Desk> desk;
  private final HealDesk heals;
  private final Supplier<ServerStatus> status;

  IncidentPages(
      IncidentIndex index,
      IncidentReader reader,
      Knowledge knowledge,
      Trees trees,
      Optional<Desk> desk,
      HealDesk heals,
      Supplier<ServerStatus> status) {
    this.index = index;
    this.reader = reader;
    this.knowledge = knowledge;
    this.trees = trees;
    this.desk = desk;
    this.heals = heals;
    this.status = status;
  }

  /** One row of the list. */
  record Row(IncidentSummary incident, String points) {}

  /**
   * One frame with its values.
   *
   * @param first whether it is among the innermost of the application, which are shown open
   */
  record Frame(String display, boolean first, List<ValueText.Named> values) {}

  /** Neighboring frames, all the application's or all of libraries. */
  record Frames(boolean application, List<Frame> frames) {}

  @GetMapping("/")
  String home() {
    return "redirect:/incidents";
  }

  @GetMapping("/incidents")
  String incidents(
      @RequestParam(defaultValue = "") String query,
      @RequestParam(defaultValue = "lastSeen") String sort,
      @RequestParam(defaultValue = "0") int page,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
      Model model) {
    int wanted = Math.min(Math.max(0, page), LAST_PAGE);
    long total = index.total(query);
    model.addAttribute("query", query);
    model.addAttribute("sort", sort);
    model.addAttribute("page", wanted);
    model.addAttribute("total", total);
    model.addAttribute("more", (long) (wanted + 1) * PAGE < total);
    model.addAttribute(
        "rows",
        index.page(query, sort, wanted, PAGE).stream()
            .map(i -> new Row(i, Sparkline.points(i.perMinute())))
            .toList());
    model.addAttribute("status", status.get());
    return fragment ? "incidents :: list" : "incidents";
  }

  @GetMapping("/incidents/{id}")
  String incident(
      @PathVariable String id,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment,
      Model model) {
    IncidentId incident = incidentId(id);
    IncidentDetail detail =
        reader
            .detail(incident)
            .orElseThrow(
                () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such incident: " + id));
    Optional<CaseFile> file = knowledge.caseFile(incident);
    String revision = file.map(CaseFile::revision).orElse("");
    model.addAttribute("i", detail);
    model.addAttribute("frames", grouped(detail.exception().root().frames()));
    model.addAttribute(
        "excerpt",
        file.flatMap(CaseFile::diagnosis).flatMap(d -> excerpt(d, revision)).orElse(null));
    model.addAttribute(
        "files", file.flatMap(CaseFile::chosen).map(p -> files(p, revision)).orElse(List.of()));
    model.addAttribute("heals", heals.of(incident));
    model.addAttribute("disabled", heals.disabled());
    model.addAttribute("status", status.get());
    return fragment ? "incident :: body" : "incident";
  }

  @PostMapping("/incidents/{id}/approve")
  String approve(@PathVariable String id, @Nullable Principal who, RedirectAttributes flash) {
    return decided(id, desk().approve(incidentId(id), name(who)), flash);
  }

  @PostMapping("/incidents/{id}/reject")
  String reject(
      @PathVariable String id,
      @RequestParam String reason,
      @Nullable Principal who,
      RedirectAttributes flash) {
    return decided(id, desk().reject(incidentId(id), name(who), Reason.checked(reason)), flash);
  }

  @PostMapping("/incidents/{id}/deliveries/{delivery}/rollback")
  String rollback(
      @PathVariable String id,
      @PathVariable String delivery,
      @Nullable Principal who,
      RedirectAttributes flash) {
    return decided(id, desk().rollback(deliveryId(delivery), name(who), ""), flash);
  }

  private static String decided(String id, Desk.Decision decision, RedirectAttributes flash) {
    flash.addFlashAttribute("said", decision.detail());
    return "redirect:/incidents/" + incidentId(id);
  }

  private Optional<Excerpt> excerpt(Diagnosis diagnosis, String revision) {
    var expression = diagnosis.expression();
    var place =
        expression == null
            ? diagnosis.prime().place()
            : Optional.ofNullable(expression.culpritPlace()).orElse(expression.place());
    return trees.text(revision, place.path()).map(text -> Excerpt.of(place, text));
  }

  private List<Trees.FileRows> files(Plausible plausible, String revision) {
    List<NewFile> added =
        plausible.test().map(t -> List.of(new NewFile(t.path(), t.text()))).orElse(List.of());
    return trees.sideBySide(revision, plausible.candidate().patch(), added);
  }

  private static List<Frames> grouped(List<CapturedFrame> frames) {
    List<Frames> groups = new ArrayList<>();
    int own = 0;
    for (CapturedFrame frame : frames) {
      Frames last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      if (last == null || last.application() != frame.application()) {
        last = new Frames(frame.application(), new ArrayList<>());
        groups.add(last);
      }
      own += frame.application() ? 1 : 0;
      last.frames().add(new Frame(frame.display(), own <= OPEN, ValueText.of(frame)));
    }
    return groups;
  }

  private Desk desk() {
    return desk.orElseThrow(
        () -> new ResponseStatusException(HttpStatus.CONFLICT, "this server has no repository"));
  }

  private static IncidentId incidentId(String id) {
    try {
      return new IncidentId(id);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such incident", e);
    }
  }

  private static DeliveryId deliveryId(String id) {
    try {
      return new DeliveryId(id);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such delivery", e);
    }
  }

  private static String name(@Nullable Principal who) {
    return who == null ? "local user" : who.getName();
  }
}
