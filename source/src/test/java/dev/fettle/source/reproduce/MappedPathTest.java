package dev.fettle.source.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

class MappedPathTest {
  @Test
  void dropsTheContextPath() {
    assertThat(of("/shop/api/orders/7", "/api/orders", "/{id}"))
        .isEqualTo(new MappedPath("/api/orders/7", Map.of()));
  }

  @Test
  void keepsAPathThatFits() {
    assertThat(of("/orders/7/", "/orders", "{id}"))
        .isEqualTo(new MappedPath("/orders/7/", Map.of()));
  }

  @Test
  void givesAPropertyWhatTheRestLeavesOver() {
    assertThat(of("/shop/v1/orders/7", "${api.base:/api}/orders", "/{id}"))
        .isEqualTo(new MappedPath("/shop/v1/orders/7", Map.of("api.base", "/shop/v1")));
    assertThat(of("/shop/orders", "/${base}", "/orders"))
        .isEqualTo(new MappedPath("/shop/orders", Map.of("base", "shop")));
  }

  @Test
  void leavesAPathAloneThatNoMappingFits() {
    assertThat(of("/items/7", "/orders", "/{id}")).isEqualTo(new MappedPath("/items/7", Map.of()));
  }

  @Test
  void takesAllThatAWildcardTakes() {
    assertThat(of("/shop/files/a/b", "", "/files/**"))
        .isEqualTo(new MappedPath("/files/a/b", Map.of()));
  }

  private static MappedPath of(String path, String root, String own) {
    ClassNode controller = new ClassNode();
    controller.visibleAnnotations = List.of(mapping("RequestMapping", root));
    MethodNode method = new MethodNode();
    method.visibleAnnotations = List.of(mapping("GetMapping", own));
    return MappedPath.of(path, controller, method);
  }

  private static AnnotationNode mapping(String name, String path) {
    AnnotationNode a = new AnnotationNode("Lorg/springframework/web/bind/annotation/" + name + ";");
    a.values = List.of("value", List.of(path));
    return a;
  }
}
