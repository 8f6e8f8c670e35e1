//===- IdxFiles.h - IDX files of the tests ----------------------*- C++ -*-===//

#ifndef GRADC_TEST_UNIT_DATA_IDXFILES_H
#define GRADC_TEST_UNIT_DATA_IDXFILES_H

#include "TestFiles.h"
#include <zlib.h>

namespace gradc::data {

/// Three bytes of shape [3].
inline const std::string threeBytes = bytes({0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9});

/// `content` as one gzip member.
inline std::string gzip(const std::string &content) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string result(deflateBound(&stream, content.size()) + 64, '\0');
  stream.next_in = (Bytef *)content.data();
  stream.avail_in = content.size();
  stream.next_out = (Bytef *)result.data();
  stream.avail_out = result.size();
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

} // namespace gradc::data

#endif // GRADC_TEST_UNIT_DATA_IDXFILES_H
