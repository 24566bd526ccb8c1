using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

public class PointScanTests
{
    [Theory]
    [InlineData(1, 512)]
    [InlineData(128, 512)]
    [InlineData(1_000, 65)]
    [InlineData(50_000, 16)]
    public void HeadGroup_ManySeries_KeepsWhatOneScanHoldsBounded(int series, int group) => Assert.Equal(group, PointScan.HeadGroup(series));
}
