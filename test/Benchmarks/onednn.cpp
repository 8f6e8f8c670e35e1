//===- onednn.cpp - The products by oneDNN --------------------------------===//
//
// Two candidates: dnnl_sgemm, and a matmul primitive made beforehand. Where the
// right factor is a weight the primitive chooses its format, and the weights
// are really written in it: a memory that is never written maps to one page of
// zeros and measures too well.
//
//===----------------------------------------------------------------------===//

#include "products.h"
#include <memory>

#if __has_include(<dnnl.hpp>)
#include <dnnl.hpp>

using namespace dnnl;

static memory::desc describe(int64_t rows, int64_t columns, bool isTransposed) {
  return {{rows, columns},
          memory::data_type::f32,
          isTransposed ? memory::format_tag::ba : memory::format_tag::ab};
}

static void callSgemm(const Product &p) {
  int64_t leftStride = p.isLeftTransposed ? p.rows : p.depth;
  int64_t rightStride = p.isRightTransposed ? p.depth : p.columns;
  dnnl_sgemm(p.isLeftTransposed ? 'T' : 'N', p.isRightTransposed ? 'T' : 'N',
             p.rows, p.columns, p.depth, 1, p.left, leftStride, p.right,
             rightStride, 0, p.result, p.columns);
}

/// The right factor in the format that the primitive asks for.
static memory convert(memory from, const memory::desc &format,
                      const engine &cpu, stream &queue) {
  if (from.get_desc() == format)
    return from;
  memory to(format, cpu);
  reorder(from, to).execute(queue, from, to);
  queue.wait();
  return to;
}

static std::function<void()> makePrimitive(const Product &p) {
  engine cpu(engine::kind::cpu, 0);
  stream queue(cpu);
  auto left = describe(p.rows, p.depth, p.isLeftTransposed);
  auto right = describe(p.depth, p.columns, p.isRightTransposed);
  auto result = describe(p.rows, p.columns, false);
  memory::desc any({p.depth, p.columns}, memory::data_type::f32,
                   memory::format_tag::any);
  matmul::primitive_desc chosen(
      matmul::desc(left, p.isRightWeight ? any : right, result), cpu);
  memory weights(right, cpu, const_cast<float *>(p.right));
  std::unordered_map<int, memory> arguments{
      {DNNL_ARG_SRC, memory(left, cpu, const_cast<float *>(p.left))},
      {DNNL_ARG_WEIGHTS, convert(weights, chosen.weights_desc(), cpu, queue)},
      {DNNL_ARG_DST, memory(result, cpu, p.result)}};
  return [=, call = matmul(chosen), queue = std::make_shared<stream>(queue)] {
    call.execute(*queue, arguments);
    queue->wait();
  };
}

std::vector<Candidate> makeOneDnn(const Product &product) {
  const char *name =
      product.isRightWeight ? "oneDNN prepacked" : "oneDNN matmul";
  return {{"oneDNN sgemm", [product] { callSgemm(product); }},
          {name, makePrimitive(product)}};
}

#else

std::vector<Candidate> makeOneDnn(const Product &) { return {}; }

#endif
