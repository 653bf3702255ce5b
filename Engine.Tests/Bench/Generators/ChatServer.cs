using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engine.Tests.Bench.Generators;

/// <summary>What a client sent.</summary>
/// <param name="Number">The number of the request, from 0.</param>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers, as they came.</param>
/// <param name="Body">The body.</param>
internal sealed record ChatCall(int Number, string Path, string Headers, JsonElement Body)
{
    public string User => Body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").ToString();

    public string? FormatType => Body.TryGetProperty("response_format", out var format) ? format.GetProperty("type").GetString() : null;
}

/// <summary>What the server sends back.</summary>
internal sealed record ChatAnswer
{
    public int Status { get; init; } = 200;

    public string Body { get; init; } = "{}";

    public string Headers { get; init; } = "";

    /// <summary>The number of bytes of the body after which the connection is cut; all of them unless it is set.</summary>
    public int CutAfter { get; init; } = int.MaxValue;

    /// <summary>Whether the server never answers.</summary>
    public bool IsSilent { get; init; }

    public static ChatAnswer Say(string text) => new()
    {
        Body = new JsonObject
        {
            ["id"] = "chat-1",
            ["object"] = "chat.completion",
            ["created"] = 1_700_000_000,
            ["model"] = "tiny",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text } }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 120, ["completion_tokens"] = 30, ["total_tokens"] = 150 },
        }.ToJsonString(),
    };

    public static ChatAnswer Fail(int status, string message, string headers = "") => new()
    {
        Status = status,
        Headers = headers,
        Body = new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error" } }.ToJsonString(),
    };
}

/// <summary>A server on loopback that speaks /v1/chat/completions over real sockets, and misbehaves as it is told.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ChatCall> _calls = [];
    private readonly Func<ChatCall, ChatAnswer> _answer;
    private readonly Task _accepting;
    private int _count;

    public ChatServer(Func<ChatCall, ChatAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    public IReadOnlyList<ChatCall> Calls => [.. _calls];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var call = await ReadAsync(stream);
                _calls.Enqueue(call);
                var answer = _answer(call);
                if (answer.IsSilent)
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                var body = Encoding.UTF8.GetBytes(answer.Body);
                var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Said\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{answer.Headers}\r\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
                await stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, answer.CutAfter)), _stop.Token);
                // Nothing is lost at the end of a whole answer; one that is cut ends with a reset.
                if (answer.CutAfter < body.Length)
                    client.Client.LingerState = new LingerOption(true, 0);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<ChatCall> ReadAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[8_192];
        int headEnd;
        while ((headEnd = received.ToArray().AsSpan().IndexOf("\r\n\r\n"u8)) < 0)
            received.AddRange(buffer.AsSpan(0, await ReadSomeAsync(stream, buffer)));
        var head = Encoding.ASCII.GetString([.. received[..headEnd]]);
        const string LengthName = "content-length:";
        var lengthLine = head.Split("\r\n").First(line => line.StartsWith(LengthName, StringComparison.OrdinalIgnoreCase));
        var length = int.Parse(lengthLine.AsSpan(LengthName.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        var start = headEnd + 4;
        while (received.Count < start + length)
            received.AddRange(buffer.AsSpan(0, await ReadSomeAsync(stream, buffer)));
        using var body = JsonDocument.Parse(received.GetRange(start, length).ToArray());
        return new ChatCall(Interlocked.Increment(ref _count) - 1, head.Split(' ')[1], head, body.RootElement.Clone());
    }

    private async Task<int> ReadSomeAsync(NetworkStream stream, byte[] buffer)
    {
        var count = await stream.ReadAsync(buffer, _stop.Token);
        return count > 0 ? count : throw new IOException("the client closed the connection.");
    }
}

/// <summary>A clock on which every wait is over at once, and that tells how long each would have been.</summary>
internal sealed class HastyClock : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
