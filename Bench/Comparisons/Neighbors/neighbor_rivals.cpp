// Searches for nearest neighbors in C++: a plain loop over all pairs, and nanoflann's kd-tree.
//
//   neighbor_rivals search "C++ loop"|nanoflann FOLDER REPEATS MAX_SECONDS THREADS l1|l2 K
//
// FOLDER has reference.npy and queries.npy, float32. Written is FOLDER/found.npy: the rows, queries x k, as int64, nearest first.
// Printed is one line of JSON: seconds of every repetition (build, search), how far the process grew meanwhile, the version.
// Exit code 3: nanoflann is missing (Debian: libnanoflann-dev).
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#if __has_include(<nanoflann.hpp>)
#include <nanoflann.hpp>
#define HAS_NANOFLANN 1
#endif

namespace {

constexpr int kNanoflannAbsent = 3;
constexpr int kTileRows = 64;            // rows that lie side by side, one value of each after the other
constexpr int kQueriesAtATime = 4;       // queries that share the reading of a tile
constexpr int kBandQueries = 256;        // queries of one thread's turn
constexpr size_t kCacheBytes = 512 << 10;  // tiles that stay in the cache while a band of queries passes over them
constexpr float kFar = 3e38f;

double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

struct Matrix {
  size_t rows = 0, columns = 0;
  std::vector<float> values;
  const float* Row(size_t row) const { return values.data() + row * columns; }
};

// Reads version 1.0 of the format, float32, row by row: what the engine writes.
Matrix ReadNpy(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  unsigned char start[10];
  if (!file.read(reinterpret_cast<char*>(start), sizeof start) || std::memcmp(start, "\x93NUMPY\x01", 7) != 0)
    throw std::runtime_error(path + " is no .npy file of version 1");
  std::string header(start[8] + 256 * start[9], '\0');
  file.read(&header[0], header.size());
  Matrix matrix;
  const size_t shape = header.find("'shape': (");
  if (shape == std::string::npos || header.find("<f4") == std::string::npos ||
      std::sscanf(header.c_str() + shape, "'shape': (%zu, %zu", &matrix.rows, &matrix.columns) != 2)
    throw std::runtime_error(path + " is no table of float32");
  matrix.values.resize(matrix.rows * matrix.columns);
  if (!file.read(reinterpret_cast<char*>(matrix.values.data()), matrix.values.size() * sizeof(float)))
    throw std::runtime_error(path + " is truncated");
  return matrix;
}

void WriteNpy(const std::string& path, const std::vector<int64_t>& found, size_t rows, size_t columns) {
  std::string header = "{'descr': '<i8', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " + std::to_string(columns) + "), }";
  header.append(63 - (10 + header.size()) % 64, ' ').push_back('\n');
  std::ofstream file(path, std::ios::binary);
  file.write("\x93NUMPY\x01\x00", 8);
  file.put(static_cast<char>(header.size() & 255)).put(static_cast<char>(header.size() >> 8));
  file.write(header.data(), header.size());
  file.write(reinterpret_cast<const char*>(found.data()), found.size() * sizeof(int64_t));
}

// Bytes of a line of /proc/self/status; -1 where there is none.
long long MemoryOf(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.compare(0, key.size(), key) == 0) return std::atoll(line.c_str() + key.size()) * 1024;
  return -1;
}

// Starts a new peak of memory; -1 where the system cannot.
long long BeginPeak() {
  std::ofstream references("/proc/self/clear_refs");
  return references << "5" << std::flush ? MemoryOf("VmRSS:") : -1;
}

// The k nearest rows of one query so far, nearest first.
struct Nearest {
  float* distances;
  int64_t* rows;
  int k;
  void Offer(float distance, int64_t row) {
    int place = k - 1;
    if (!(distance < distances[place])) return;
    for (; place > 0 && distances[place - 1] > distance; place--) {
      distances[place] = distances[place - 1];
      rows[place] = rows[place - 1];
    }
    distances[place] = distance;
    rows[place] = row;
  }
};

// Measures every pair. The compiler makes vectors of the loop over the rows of a tile.
template <bool IsL1>
class PlainLoop {
 public:
  explicit PlainLoop(const Matrix& reference)
      : rows_(reference.rows), columns_(reference.columns), tiles_((reference.rows + kTileRows - 1) / kTileRows), values_(tiles_ * TileLength()) {
#pragma omp parallel for
    for (size_t tile = 0; tile < tiles_; tile++)
      for (size_t place = 0; place < kTileRows; place++) {
        const size_t row = tile * kTileRows + place;
        for (size_t column = 0; column < columns_; column++)
          values_[tile * TileLength() + column * kTileRows + place] = row < rows_ ? reference.Row(row)[column] : 0;
      }
  }

  void Search(const Matrix& queries, int k, std::vector<int64_t>& found) const {
    const size_t tiles_at_a_time = std::max<size_t>(1, kCacheBytes / (TileLength() * sizeof(float)));
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t first = 0; first < queries.rows; first += kBandQueries) {
      const size_t end = std::min(queries.rows, first + kBandQueries);
      std::vector<float> distances((end - first) * k, kFar);
      for (size_t group = 0; group < tiles_; group += tiles_at_a_time)
        for (size_t query = first; query < end; query += kQueriesAtATime)
          for (size_t tile = group; tile < std::min(tiles_, group + tiles_at_a_time); tile++)
            Compare(queries, query, std::min(end, query + kQueriesAtATime), tile, k, &distances[(query - first) * k], &found[query * k]);
    }
  }

 private:
  size_t TileLength() const { return kTileRows * columns_; }

  void Compare(const Matrix& queries, size_t query, size_t end, size_t tile, int k, float* distances, int64_t* rows) const {
    alignas(64) float sums[kQueriesAtATime][kTileRows] = {};
    const float* values = &values_[tile * TileLength()];
    const float* own[kQueriesAtATime];
    for (size_t i = 0; i < kQueriesAtATime; i++) own[i] = queries.Row(std::min(query + i, end - 1));
    for (size_t column = 0; column < columns_; column++, values += kTileRows)
      for (size_t i = 0; i < kQueriesAtATime; i++) {
        const float value = own[i][column];
#pragma GCC unroll 4
        for (size_t place = 0; place < kTileRows; place++) {
          const float difference = values[place] - value;
          sums[i][place] += IsL1 ? std::fabs(difference) : difference * difference;
        }
      }
    const size_t count = std::min<size_t>(kTileRows, rows_ - tile * kTileRows);
    for (size_t i = 0; query + i < end; i++) {
      Nearest nearest{distances + i * k, rows + i * k, k};
      float smallest = kFar;
      for (size_t place = 0; place < kTileRows; place++) smallest = std::min(smallest, place < count ? sums[i][place] : kFar);
      if (smallest < nearest.distances[k - 1])
        for (size_t place = 0; place < count; place++) nearest.Offer(sums[i][place], tile * kTileRows + place);
    }
  }

  size_t rows_, columns_, tiles_;
  std::vector<float> values_;
};

#ifdef HAS_NANOFLANN
struct Points {
  const Matrix& matrix;
  size_t kdtree_get_point_count() const { return matrix.rows; }
  float kdtree_get_pt(size_t row, size_t column) const { return matrix.Row(row)[column]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const { return false; }
};

template <bool IsL1>
class Tree {
  using Distance = std::conditional_t<IsL1, nanoflann::L1_Adaptor<float, Points>, nanoflann::L2_Adaptor<float, Points>>;

 public:
  explicit Tree(const Matrix& reference) : points_{reference}, tree_(reference.columns, points_, nanoflann::KDTreeSingleIndexAdaptorParams(10)) {}

  void Search(const Matrix& queries, int k, std::vector<int64_t>& found) const {
#pragma omp parallel for schedule(dynamic, 16)
    for (size_t query = 0; query < queries.rows; query++) {
      std::vector<size_t> rows(k);
      std::vector<float> distances(k);
      tree_.knnSearch(queries.Row(query), k, rows.data(), distances.data());
      std::copy(rows.begin(), rows.end(), found.begin() + query * k);
    }
  }

 private:
  Points points_;
  nanoflann::KDTreeSingleIndexAdaptor<Distance, Points, -1, size_t> tree_;
};
#endif

struct Task {
  std::string folder;
  size_t repeats;
  double max_seconds;
  int k;
};

template <class Index>
void Measure(const Task& task, const std::string& version) {
  const Matrix reference = ReadNpy(task.folder + "/reference.npy"), queries = ReadNpy(task.folder + "/queries.npy");
  std::vector<int64_t> found(queries.rows * task.k, -1);
  const long long before = BeginPeak();
  std::string seconds;
  double total = 0;
  for (size_t repetition = 0; repetition == 0 || (repetition < task.repeats && total < task.max_seconds); repetition++) {
    const double start = Now();
    const auto index = std::make_unique<Index>(reference);
    const double built = Now();
    index->Search(queries, task.k, found);
    const double end = Now();
    total += end - start;
    char text[80];
    std::snprintf(text, sizeof text, "%s[%.9f, %.9f]", repetition == 0 ? "" : ", ", built - start, end - built);
    seconds += text;
  }
  const std::string growth = before < 0 ? "null" : std::to_string(std::max(0LL, MemoryOf("VmHWM:") - before));
  WriteNpy(task.folder + "/found.npy", found, queries.rows, task.k);
  std::printf("{\"seconds\": [%s], \"peakGrowthBytes\": %s, \"version\": \"%s\"}\n", seconds.c_str(), growth.c_str(), version.c_str());
}

template <bool IsL1>
int Run(const std::string& library, const Task& task) {
  if (library == "C++ loop") {
    Measure<PlainLoop<IsL1>>(task, "g++ " __VERSION__);
    return 0;
  }
#ifdef HAS_NANOFLANN
  char version[16];
  std::snprintf(version, sizeof version, "%x.%x.%x", NANOFLANN_VERSION >> 8, NANOFLANN_VERSION >> 4 & 15, NANOFLANN_VERSION & 15);
  Measure<Tree<IsL1>>(task, version);
  return 0;
#else
  std::fprintf(stderr, "nanoflann.hpp is absent; install libnanoflann-dev\n");
  return kNanoflannAbsent;
#endif
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 9) {
    std::fprintf(stderr, "nine arguments are expected\n");
    return 2;
  }
  try {
    omp_set_num_threads(std::atoi(arguments[6]));
    const Task task{arguments[3], static_cast<size_t>(std::atoll(arguments[4])), std::atof(arguments[5]), std::atoi(arguments[8])};
    return std::strcmp(arguments[7], "l1") == 0 ? Run<true>(arguments[2], task) : Run<false>(arguments[2], task);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
