using System.Net;
using System.Text.Json;

namespace LiveDash.Tests.Shared;

/// <summary>Asserts on problem+json answers (RFC 9457).</summary>
public static class ProblemAssert
{
    /// <summary>Fails unless the answer is a problem of that status and code without a stack trace; returns its body.</summary>
    public static async Task<JsonElement> IsAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal("urn:livedash:" + code, problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return problem;
    }

    /// <summary>As above for a parameter that cannot be read.</summary>
    public static async Task NamesParameterAsync(HttpResponseMessage answer, string parameter)
    {
        var problem = await IsAsync(answer, HttpStatusCode.BadRequest, "bad_parameter");
        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
    }
}
