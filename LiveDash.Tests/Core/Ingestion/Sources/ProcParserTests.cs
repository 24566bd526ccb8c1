using LiveDash.Core.Ingestion.Sources.Proc;

namespace LiveDash.Tests.Core.Ingestion.Sources;

/// <summary>Fixtures are cut from true machines.</summary>
public sealed class ProcParserTests
{
    [Fact]
    public void Stat_TotalsAndCores_AreRead()
    {
        var stat = ProcStat.Parse("""
            cpu  78176 512 20551 2458059 1325 0 332 487 0 0
            cpu0 36500 288 9885 1232532 138 0 44 239 0 0
            cpu1 41675 223 10666 1225526 1186 0 287 247 0 0
            intr 5036041 0 9 0 0
            ctxt 9417349
            btime 1763712345
            processes 31337
            procs_running 3
            procs_blocked 0
            """u8);
        Assert.Equal(["cpu", "cpu0", "cpu1"], stat.Cpus.Select(c => c.Name));
        Assert.Equal([78176, 512, 20551, 2458059, 1325, 0, 332, 487], stat.Cpus[0].Jiffies);
        Assert.Equal((3, 9417349), (stat.Running, stat.ContextSwitches));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu\n")]
    [InlineData("cpu a b c d\n")]
    [InlineData("cpu 1 2 3\n")]
    public void Stat_Damaged_GivesNothing(string text)
    {
        var stat = ProcStat.Parse(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Empty(stat.Cpus);
        Assert.Null(stat.Running);
    }

    [Fact]
    public void Load_Line_IsRead()
    {
        Assert.True(ProcLoad.TryParse("3.66 2.98 2.00 4/202 31261\n"u8, out var load));
        Assert.Equal(new ProcLoad(3.66, 2.98, 2, 202), load);
        Assert.False(ProcLoad.TryParse("3.66 2.98"u8, out _));
        Assert.False(ProcLoad.TryParse([], out _));
    }

    [Fact]
    public void Memory_Lines_AreBytes()
    {
        var memory = ProcMemory.Parse("""
            MemTotal:       24684100 kB
            MemFree:        21606672 kB
            MemAvailable:   23387728 kB
            Buffers:           17492 kB
            Cached:          2020124 kB
            SwapCached:            0 kB
            SwapTotal:       1048576 kB
            SwapFree:         524288 kB
            HugePages_Total:       0
            """u8);
        Assert.Equal((24684100L * 1024, 23387728L * 1024, 2020124L * 1024), (memory.Total, memory.Available, memory.Cached));
        Assert.Equal((1048576L * 1024, 524288L * 1024), (memory.SwapTotal, memory.SwapFree));
        Assert.Null(ProcMemory.Parse("MemTotal: 1 kB"u8).Available);
    }

    [Fact]
    public void Pressure_Lines_GiveTheirTotals()
    {
        var lines = ProcPressure.Parse("""
            some avg10=20.65 avg60=26.91 avg300=22.92 total=279205948
            full avg10=0.00 avg60=0.00 avg300=0.00 total=17
            """u8);
        Assert.Equal([new("some", 279205948), new ProcPressure("full", 17)], lines);
        Assert.Empty(ProcPressure.Parse("junk"u8));
    }

    [Fact]
    public void Disks_Lines_AreRead()
    {
        var disks = ProcDisks.Parse("""
               7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
             254       0 vda 101648 16971 9790434 54689 86957 130203 15948696 53681 0 33080 116603 40312 112 3583904 7568 7796 663
               8       1 sda1 5 5 5
            """u8);
        Assert.Equal(2, disks.Count);
        Assert.Equal(new ProcDisks("vda", 101648, 9790434, 86957, 15948696, 33080), disks[1]);
    }

    [Fact]
    public void Net_Lines_AreRead()
    {
        var nets = ProcNet.Parse("""
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo: 203770019   14113    0    0    0     0          0         0 203770019   14113    0    0    0     0       0          0
              eth0:1107476738   32389    1    2    0     0          0         0  4100404   25136    3    4    0     0       0          0
            """u8);
        Assert.Equal(["lo", "eth0"], nets.Select(n => n.Name));
        Assert.Equal(new ProcNet("eth0", 1107476738, 32389, 1, 2, 4100404, 25136, 3, 4), nets[1]);
    }

    [Fact]
    public void Mounts_OnlyTrueDisks_EachOnce()
    {
        var mounts = ProcMounts.Parse("""
            22 27 0:21 / /proc rw,relatime - proc proc rw
            27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
            28 27 254:0 /etc/hosts /etc/hosts rw,relatime - ext4 /dev/vda rw
            29 27 254:1 / /mnt/my\040disk\134x rw,relatime shared:1 master:2 - xfs /dev/vdb rw
            30 25 0:27 / /dev/shm rw,relatime - tmpfs tmpfs rw
            31 25 0:40 / /var/lib/docker/overlay2/x rw - overlay overlay rw
            32 25 0:50 / /mnt/nfs rw - nfs4 server:/x rw
            33
            """u8);
        Assert.Equal([new("254:0", "/"), new Mount("254:1", "/mnt/my disk\\x")], mounts);
        Assert.Equal("/", ProcMounts.Parse("1 0 0:99 / / rw - overlay overlay rw"u8).Single().Point);
    }
}
