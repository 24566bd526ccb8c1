using System.Text.Json;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Tests.Core.Jobs;

public class JobRequestReaderTests
{
    [Fact]
    public void Read_StartAndEndAlone_LineOf800By450()
    {
        Assert.Empty(Read("""{"start":"2001","end":"2021"}""", out var request));

        Assert.Equal(("2001", "2021"), (request!.Start, request.End));
        Assert.Equal((PlotKind.Line, 800, 450, PlotFormat.Png), (request.Plot.Kind, request.Plot.Width, request.Plot.Height, request.Plot.Format));
        Assert.Empty(request.Series);
    }

    [Theory]
    [InlineData("""{"start":2001,"end":1700000000000}""")]
    [InlineData("""{"start":"2001","end":"2021","width":"640","log":"true","series":"cpu.load"}""")]
    [InlineData("""{"start":"2001","end":"2021","title":null}""")]
    [InlineData("""{"kind":"heatmap-week","start":"now-7d","end":"now","timeZone":"Europe/Berlin","aggregate":"sum","bucket":"1h"}""")]
    public void Read_LegalForms_NoFault(string json) => Assert.Empty(Read(json, out _));

    [Theory]
    [InlineData("""{"end":"2021"}""", "start")]
    [InlineData("""{"start":"2001"}""", "end")]
    [InlineData("""{"start":"2001","end":"2021","colour":"red"}""", "colour")]
    [InlineData("""{"start":"2001","end":"2021","kind":"pie"}""", "kind")]
    [InlineData("""{"start":"2001","end":"2021","width":39}""", "width")]
    [InlineData("""{"start":"2001","end":"2021","width":1.5}""", "width")]
    [InlineData("""{"start":"2001","end":"2021","width":10000,"height":10000}""", "width")]
    [InlineData("""{"start":"2001","end":"2021","dpi":10}""", "dpi")]
    [InlineData("""{"start":"2001","end":"2021","format":"gif"}""", "format")]
    [InlineData("""{"start":"2001","end":"2021","format":"1"}""", "format")]
    [InlineData("""{"start":"2001","end":"2021","series":[1]}""", "series")]
    [InlineData("""{"start":"2001","end":"2021","series":"a{b"}""", "series")]
    [InlineData("""{"start":"2001","end":"2021","bucket":"soon"}""", "bucket")]
    [InlineData("""{"start":"2001","end":"2021","timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"start":"2001","end":"2021","deadline":"8d"}""", "deadline")]
    [InlineData("""{"start":"2001","start":"2002","end":"2021"}""", "start")]
    [InlineData("""{"start":true,"end":"2021"}""", "start")]
    [InlineData("""[]""", "")]
    public void Read_Fault_NamesTheField(string json, string field)
    {
        var faults = Read(json, out var request);

        Assert.Null(request);
        Assert.Equal(field, Assert.Single(faults).Field);
    }

    [Fact]
    public void Read_SeveralFaults_TellsAll() =>
        Assert.Equal(["kind", "theme", "end"], Read("""{"kind":"pie","theme":"pink","start":"2001"}""", out _).Select(f => f.Field));

    [Fact]
    public void ToJson_EveryField_ReadsBackEqual()
    {
        const string Json = """
            {"kind":"line","series":["a","b{c=d*}"],"start":"now-1d","end":"now","width":640,"height":300,"dpi":192,"format":"svg","theme":"dark","title":"",
             "xLabel":"x","yLabel":"y","log":true,"aggregate":"max","bucket":"90s","by":"host","bins":20,"timeZone":"Europe/Berlin","priority":"high","deadline":"5m"}
            """;
        Assert.Empty(Read(Json, out var request));

        var written = JobRequestWriter.ToJson(request!).ToJsonString();

        Assert.Empty(Read(written, out var again));
        Assert.Equal(written, JobRequestWriter.ToJson(again!).ToJsonString());
        Assert.Equal(JobRequestReader.Fields.Count(f => f != "kind"), JsonDocument.Parse(written).RootElement.EnumerateObject().Count() - 1);
    }

    private static IReadOnlyList<FieldFault> Read(string json, out JobRequest? request)
    {
        using var document = JsonDocument.Parse(json);
        return JobRequestReader.Read(document.RootElement, new Limits(), out request);
    }
}
