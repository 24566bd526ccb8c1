using LiveDash.Web.LiveView;
using Microsoft.JSInterop;

namespace LiveDash.Tests.Web.LiveView;

public sealed class ScriptPartTests
{
    private readonly HeldScript _script = new();

    [Fact]
    public async Task AttachAsync_PageStays_IsToldAndLetGo()
    {
        var part = new ScriptPart(_script, "./js/any.js");
        var attaching = part.AttachAsync("element");
        await part.TellAsync("early");
        _script.Import.SetResult(_script);
        _script.Attach.SetResult(_script);

        Assert.True(await attaching);
        await part.TellAsync("start", 1);
        await part.DisposeAsync();
        await part.TellAsync("late");
        await part.DisposeAsync();

        Assert.Null(part.Object);
        Assert.Equal(["import", "attach", "start", "dispose", "-", "-"], _script.Calls);
    }

    [Fact]
    public async Task AttachAsync_LeftWhileTheModuleLoads_AttachesNothing()
    {
        var part = new ScriptPart(_script, "./js/any.js");
        var attaching = part.AttachAsync();
        await part.DisposeAsync();
        _script.Import.SetResult(_script);

        Assert.False(await attaching);
        Assert.Equal(["import", "-"], _script.Calls);
    }

    [Fact]
    public async Task AttachAsync_LeftWhileItAttaches_LetsGoOfWhatWasAttached()
    {
        var part = new ScriptPart(_script, "./js/any.js");
        var attaching = part.AttachAsync();
        _script.Import.SetResult(_script);
        await part.DisposeAsync();
        _script.Attach.SetResult(_script);

        Assert.False(await attaching);
        Assert.Equal(["import", "attach", "-", "dispose", "-"], _script.Calls);
    }

    [Fact]
    public async Task AttachAsync_ItsElementIsGoneWithThePage_IsNoFault()
    {
        var part = new ScriptPart(_script, "./js/any.js");
        var attaching = part.AttachAsync();
        _script.Import.SetResult(_script);
        await part.DisposeAsync();
        _script.Attach.SetException(new JSException("parameter 1 is not of type 'Element'"));

        Assert.False(await attaching);
    }

    [Fact]
    public async Task AttachAsync_ScriptFailsOnAPageThatStands_Throws()
    {
        var part = new ScriptPart(_script, "./js/any.js");
        var attaching = part.AttachAsync();
        _script.Import.SetResult(_script);
        _script.Attach.SetException(new JSException("a fault"));

        await Assert.ThrowsAsync<JSException>(() => attaching);
    }

    [Fact]
    public async Task AttachAsync_ConnectionIsGone_IsNoFault()
    {
        var part = new ScriptPart(_script, "./js/any.js");
        _script.Import.SetException(new JSDisconnectedException("gone"));

        Assert.False(await part.AttachAsync());
        await part.TellAsync("start");
        Assert.Equal(["import"], _script.Calls);
    }
}
