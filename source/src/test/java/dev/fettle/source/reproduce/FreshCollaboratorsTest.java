package dev.fettle.source.reproduce;

import static dev.fettle.contract.model.TestDraft.Rung.PURE_FRAME;
import static dev.fettle.contract.model.TestDraft.Rung.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.TestDraft;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collaborators that are made as the program makes them, instead of stubs. */
class FreshCollaboratorsTest {
  private static final String BEANS =
      """
      import java.lang.annotation.*;
      public class Beans {
        @Retention(RetentionPolicy.RUNTIME) public @interface Repository {}
      }
      """;
  private static final String CATALOG =
      """
      import java.util.*;
      @Beans.Repository
      public class Catalog {
        private final Map<String, Area> areas = new HashMap<>();
        public Catalog() {
          Area root = new Area("fiction", null);
          areas.put("fiction", root);
          areas.put("horror", new Area("horror", root));
          Area odd = new Area("odd", null);
          odd.parent = odd;
          areas.put("odd", odd);
        }
        public Area area(String name) { return areas.get(name); }
        public List<Area> all() { return new ArrayList<>(areas.values()); }
      }
      """;
  private static final String AREA =
      """
      public class Area {
        final String name; Area parent;
        Area(String name, Area parent) { this.name = name; this.parent = parent; }
      }
      """;

  @TempDir Path directory;

  @Test
  void areRealWhereTheirConstructorsNeedNothing() {
    Scenario scenario =
        Scenario.in(directory)
            .source(BEANS)
            .source(AREA)
            .source(CATALOG)
            .source(
                """
                public class Areas {
                  private final Catalog catalog;
                  public Areas(Catalog catalog) { this.catalog = catalog; }
                  String longest(String part) {
                    Area longest = null;
                    for (Area area : catalog.all()) {
                      if (area.name.contains(part)
                          && (longest == null || area.name.length() > longest.name.length())) {
                        longest = area;
                      }
                    }
                    return longest.name.trim();
                  }
                }
                """)
            .capturedAs(FreshCollaboratorsTest::withoutReceivers)
            .fails("new Areas(new Catalog()).longest(\"zzz\");")
            .reproducedBy(PURE_FRAME)
            .passesWith("return longest.", "return longest == null ? \"\" : longest.");
    assertThat(scenario.drafts())
        .anySatisfy(
            d -> {
              assertThat(d.text()).contains("new Catalog()");
              assertThat(d.notes()).anyMatch(n -> n.contains("made by its constructor"));
            });
  }

  @Test
  void areStubsWhereTheyNeedWhatOnlyTheProgramHas() {
    Scenario scenario =
        Scenario.in(directory)
            .source(BEANS)
            .source(
                """
                @Beans.Repository
                public class Rates {
                  private final String address;
                  public Rates(String address) { this.address = address; }
                  public Integer of(String country) { return null; }
                }
                """)
            .source(
                """
                public class Prices {
                  private final Rates rates;
                  public Prices(Rates rates) { this.rates = rates; }
                  int of(String country) { return rates.of(country) + 1; }
                }
                """)
            .capturedAs(FreshCollaboratorsTest::withoutReceivers)
            .fails("new Prices(new Rates(\"x\")).of(\"XX\");");

    assertThat(scenario.drafts()).extracting(TestDraft::text).noneMatch(t -> t.contains("Fresh"));
  }

  @Test
  void theRequestFindsTheControllerOfAStackThatIsCutOff() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source(BEANS)
        .source(AREA)
        .source(CATALOG)
        .source(
            """
            @Beans.Repository
            public class Paths {
              private final Catalog catalog;
              public Paths(Catalog catalog) { this.catalog = catalog; }
              public String path(String name) { return of(catalog.area(name)); }
              private String of(Area area) {
                if (area.parent == null) {
                  return area.name;
                }
                return of(area.parent) + "/" + area.name;
              }
            }
            """)
        .source(
            """
            import org.springframework.web.bind.annotation.*;
            @RestController @RequestMapping("/areas")
            public class AreaController {
              private final Paths paths;
              public AreaController(Paths paths) { this.paths = paths; }
              @GetMapping("/{name}/path") public String path(@PathVariable("name") String name) {
                return paths.path(name);
              }
              @GetMapping("/all/path") public String all() { return ""; }
              @PostMapping("/{name}/path") public String move(@PathVariable("name") String name) {
                return "";
              }
            }
            """)
        .serving("GET", "/areas/odd/path")
        .source(
            """
            public class Start {
              public static void odd() { new Paths(new Catalog()).path("odd"); }
            }
            """)
        .failsByTrace("shop.Start", "odd")
        .reproducedBy(REQUEST)
        .passesWith("area.parent == null", "area.parent == null || area.parent == area");
  }

  private static CapturedException withoutReceivers(CapturedException e) {
    return new CapturedException(
        e.type(),
        e.message(),
        e.frames().stream()
            .map(
                f ->
                    new CapturedFrame(
                        f.className(),
                        f.method(),
                        f.descriptor(),
                        f.file(),
                        f.line(),
                        f.application(),
                        null,
                        f.locals()))
            .toList(),
        e.cause());
  }
}
