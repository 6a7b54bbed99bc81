/** Where a browser finds what the office's page speaks to; each as `https://` and a host. */
export interface OfficeAddresses {
  /** Cognito's sign-in pages, and its tokens. */
  signIn: string;
  /** Cognito's own interface, for a user's second factor. */
  cognitoIdp: string;
  cognitoIdentity: string;
  /** The input bucket's own. */
  s3: string;
  dynamodb: string;
}

/** The addresses of one stack, in its own region alone. */
export function officeAddresses(region: string, signInPrefix: string, bucketName: string): OfficeAddresses {
  return {
    signIn: `https://${signInPrefix}.auth.${region}.amazoncognito.com`,
    cognitoIdp: `https://cognito-idp.${region}.amazonaws.com`,
    cognitoIdentity: `https://cognito-identity.${region}.amazonaws.com`,
    s3: `https://${bucketName}.s3.${region}.amazonaws.com`,
    dynamodb: `https://dynamodb.${region}.amazonaws.com`,
  };
}
