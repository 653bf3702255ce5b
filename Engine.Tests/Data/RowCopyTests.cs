using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

/// <summary>Registers that reach past a row must read nothing behind the last one, and leave zeros behind each.</summary>
public sealed class RowCopyTests
{
    [Fact]
    public void Pad_EveryWidthBetweenGuardPages_GivesTheRowsAndTheirZeros()
    {
        for (var featureCount = 1; featureCount <= 49; featureCount++)
        {
            foreach (var (stride, rowCount) in new[] { (featureCount, 1), (featureCount, 7), (featureCount, 33), (featureCount + 5, 9) })
            {
                // NaN behind a row would show in the padding.
                var length = ((rowCount - 1) * stride) + featureCount;
                float[] values = [.. Enumerable.Range(0, length).Select(place => place % stride < featureCount ? 1 + place : float.NaN)];
                var padded = SampleMatrix.PaddedLength(featureCount);
                using var source = GuardedMemory.EndingAtGuard<float>(values);
                using var target = GuardedMemory.EndingAtGuard<float>([.. Enumerable.Repeat(float.NaN, rowCount * padded)]);

                RowCopy.Pad(source.Span, stride, rowCount, featureCount, target.Span);

                for (var place = 0; place < target.Span.Length; place++)
                {
                    var (row, column) = (place / padded, place % padded);
                    Assert.Equal(column < featureCount ? values[(row * stride) + column] : 0, target.Span[place]);
                }
            }
        }
    }
}
