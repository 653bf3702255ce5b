using System.Numerics;
using Engine.Numerics.Codes;

namespace Engine.Tests.Numerics.Codes;

/// <summary>Every width against plain loops, beside inaccessible pages; widths that the machine lacks run in emulation.</summary>
public sealed unsafe class LeafKernelTests
{
    // Few packs one by one, and some of the lengths that rows have.
    private static readonly int[] s_packCounts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33, 70];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ComparePairs_EveryWidth_EqualsPlainLoops(bool atEnd) => AssertCompare(
        CodeKinds.Pairs,
        atEnd,
        LeafKernel.ComparePairs,
        LeafKernel.Compare<PairLanes512, int>,
        LeafKernel.Compare<PairLanes256, int>,
        LeafKernel.Compare<PairLanes128, int>,
        LeafKernel.Compare<PairLanesScalar, int>);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CompareBytes_EveryWidth_EqualsPlainLoops(bool atEnd) => AssertCompare(
        CodeKinds.Bytes,
        atEnd,
        LeafKernel.CompareBytes,
        LeafKernel.Compare<ByteLanes512, long>,
        LeafKernel.Compare<ByteLanes256, long>,
        LeafKernel.Compare<ByteLanes128, long>,
        LeafKernel.Compare<ByteLanesScalar, long>);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CompareSomeBytes_EveryWidth_EqualsPlainLoopsForTheRowsAskedFor(bool atEnd)
    {
        CodedLeaf<long>.SomeKernel[] kernels =
        [
            LeafKernel.CompareSomeBytes,
            LeafKernel.CompareSome<ByteLanes512, long>,
            LeafKernel.CompareSome<ByteLanes256, long>,
            LeafKernel.CompareSome<ByteLanes128, long>,
            LeafKernel.CompareSome<ByteLanesScalar, long>,
        ];
        foreach (var packCount in s_packCounts)
        {
            using var leaf = new CodedLeaf<long>(CodeKinds.Bytes, packCount, atEnd);
            var all = leaf.Compare(LeafKernel.QueriesPerCall);
            for (var query = 0; query < all.Length; query++)
            {
                foreach (var rows in new ulong[] { 0, 1, 1UL << 63, 0x8001_0000_0402_0081, ~all[query], all[query], ulong.MaxValue })
                    Assert.All(kernels, kernel => Assert.Equal(all[query] & rows, leaf.Compare(query, rows, kernel)));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReachPairs_EveryWidth_EqualsPlainLoops(bool atEnd) => AssertReach(
        CodeKinds.SmallPairs,
        atEnd,
        LeafKernel.ReachPairs,
        LeafKernel.Reach<PairLanes512, int>,
        LeafKernel.Reach<PairLanes256, int>,
        LeafKernel.Reach<PairLanes128, int>,
        LeafKernel.Reach<PairLanesScalar, int>);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReachBytes_EveryWidth_EqualsPlainLoops(bool atEnd) => AssertReach(
        CodeKinds.Bytes,
        atEnd,
        LeafKernel.ReachBytes,
        LeafKernel.Reach<ByteLanes512, long>,
        LeafKernel.Reach<ByteLanes256, long>,
        LeafKernel.Reach<ByteLanes128, long>,
        LeafKernel.Reach<ByteLanesScalar, long>);

    private static void AssertCompare<T>(CodeKind<T> kind, bool atEnd, params CodedLeaf<T>.CompareKernel[] kernels)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var packCount in s_packCounts)
        {
            using var leaf = new CodedLeaf<T>(kind, packCount, atEnd);
            for (var queryCount = 1; queryCount <= LeafKernel.QueriesPerCall; queryCount++)
            {
                var expected = leaf.Compare(queryCount);
                Assert.All(kernels, kernel => Assert.Equal(expected, leaf.Compare(queryCount, kernel)));
            }
        }
    }

    private static void AssertReach<T>(CodeKind<T> kind, bool atEnd, params CodedLeaf<T>.ReachKernel[] kernels)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var packCount in s_packCounts)
        {
            using var leaf = new CodedLeaf<T>(kind, packCount, atEnd);
            var expected = leaf.Reach();
            Assert.All(kernels, kernel => Assert.Equal(expected, leaf.Reach(kernel)));
        }
    }
}
