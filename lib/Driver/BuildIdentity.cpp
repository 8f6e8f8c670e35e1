//===- BuildIdentity.cpp - Which build of gradc runs ----------------------===//
//
// A version number stays the same while gradc is worked on. The linker's hash
// of everything it linked, where it left one in the file, does not.
//
//===----------------------------------------------------------------------===//

#include "CodeKey.h"

#include "llvm/ADT/StringExtras.h"
#include <elf.h>
#include <link.h>
#include <sys/stat.h>

using namespace llvm;

namespace gradc {

static const char *alignNote(const char *address) {
  return reinterpret_cast<const char *>(
      alignTo(reinterpret_cast<uintptr_t>(address), 4));
}

/// The build ID among the notes of a loaded file; empty where it has none.
static StringRef findBuildID(const dl_phdr_info &file) {
  for (const ElfW(Phdr) &part : ArrayRef(file.dlpi_phdr, file.dlpi_phnum)) {
    if (part.p_type != PT_NOTE)
      continue;
    auto *place = reinterpret_cast<const char *>(file.dlpi_addr + part.p_vaddr);
    const char *end = place + part.p_memsz;
    while (place + sizeof(ElfW(Nhdr)) < end) {
      auto *note = reinterpret_cast<const ElfW(Nhdr) *>(place);
      const char *name = place + sizeof(*note);
      const char *text = alignNote(name + note->n_namesz);
      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 &&
          StringRef(name, 4) == StringRef("GNU\0", 4))
        return StringRef(text, note->n_descsz);
      place = alignNote(text + note->n_descsz);
    }
  }
  return "";
}

/// A file without a build ID is known by its size and time.
static std::string describeFile(const char *path) {
  struct stat status;
  if (::stat(*path ? path : "/proc/self/exe", &status) != 0)
    return path;
  return (Twine(path) + " " + Twine(status.st_size) + " " +
          Twine(status.st_mtim.tv_sec) + "." + Twine(status.st_mtim.tv_nsec))
      .str();
}

static int addFile(dl_phdr_info *file, size_t, void *text) {
  StringRef id = findBuildID(*file);
  std::string line = id.empty() ? describeFile(file->dlpi_name) : toHex(id);
  *static_cast<std::string *>(text) += line + "\n";
  return 0;
}

std::string getBuildIdentity() {
  std::string text;
  dl_iterate_phdr(addFile, &text);
  return text;
}

} // namespace gradc
