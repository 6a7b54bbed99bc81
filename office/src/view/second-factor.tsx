import { useEffect, useState } from "preact/hooks";
import { encode } from "uqr";
import { keyUri, type SecondFactor } from "../aws/second-factor";
import { useDesk } from "./context";
import { Frame } from "./dialogs";

/** Light squares around a code, as ISO/IEC 18004 asks for. */
const BORDER = 4;

/** Where a clerk sets up a second factor, or removes it. */
export function SecondFactorDialog({ factor, email, close }: { factor: SecondFactor; email: string; close: () => void }) {
  const { desk, words } = useDesk();
  const [isSetUp, setUp] = useState<boolean>();
  const [secret, setSecret] = useState<string>();
  const [code, setCode] = useState("");
  const [isWrong, setWrong] = useState(false);
  const doing = async (work: () => Promise<void>) => {
    // What goes wrong is told on the page, beneath this dialog.
    await desk.trying(work);
    if (desk.state.trouble !== undefined) close();
  };
  useEffect(() => {
    void doing(async () => {
      const known = await factor.isSetUp();
      if (!known) setSecret(await factor.begin());
      setUp(known);
    });
  }, [factor]);
  const confirm = () =>
    doing(async () => {
      const isRight = await factor.confirm(code.replaceAll(/\s/g, ""));
      setWrong(!isRight);
      if (isRight) setUp(true);
    });
  const remove = () =>
    doing(async () => {
      await factor.remove();
      close();
    });
  return (
    <Frame title={words.secondFactor} onClose={close}>
      {isSetUp === undefined && <p class="hint">{words.loading}</p>}
      {isSetUp === true && <p>{words.secondFactorOn}</p>}
      {isSetUp === false && secret !== undefined && (
        <form
          id="second-factor"
          class="second-factor"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <p>{words.secondFactorHelp}</p>
          <QrCode text={keyUri(email, secret)} />
          <p class="hint">
            {words.secondFactorSecret} <code>{secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
          </p>
          <label>
            {words.secondFactorCode}
            <input
              inputMode="numeric"
              autoComplete="one-time-code"
              pattern="\s*(\d\s*){6}"
              required
              aria-invalid={isWrong}
              value={code}
              onInput={({ currentTarget }) => setCode(currentTarget.value)}
            />
          </label>
          <p role="alert">{isWrong ? words.secondFactorWrong : ""}</p>
        </form>
      )}
      <div class="buttons">
        {isSetUp === true && (
          <button type="button" class="button" onClick={() => void remove()}>
            {words.secondFactorRemove}
          </button>
        )}
        <span class="gap" />
        <button type="button" class="button" onClick={close}>
          {words.close}
        </button>
        {isSetUp === false && (
          <button type="submit" form="second-factor" class="button button-main">
            {words.secondFactorSetUp}
          </button>
        )}
      </div>
    </Frame>
  );
}

function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: "M", border: BORDER });
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" aria-hidden="true">
      <path d={squares} />
    </svg>
  );
}
